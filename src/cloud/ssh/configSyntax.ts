import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';

/** One line of ssh_config that is neither blank nor a comment. */
export interface ConfigLine {
  readonly file: string;
  readonly number: number;
  /** in lower case */
  readonly keyword: string;
  /** what follows the keyword, as it stands */
  readonly rest: string;
}

/** Takes the text of an ssh_config apart: process_config_line_depth() in readconf.c, OpenSSH 9.2. */
export function configLines(text: string, file: string): ConfigLine[] {
  return text.split('\n').flatMap((raw, index) => {
    // C reads a line up to its NUL.
    const line = (raw.split('\0')[0] ?? '').replace(/^[ \t\r]+|[ \t\r\f]+$/g, '');
    if (line === '' || line.startsWith('#')) return [];
    const [word, rest] = takeWord(line);
    return word === '' ? [] : [{ file, number: index + 1, keyword: word.toLowerCase(), rest }];
  });
}

/**
 * The next word and what follows it. Blanks or one `=` end a word, quotes keep blanks in it: strdelim() in misc.c,
 * OpenSSH 9.2. An open quote gives an empty word, which ends a line.
 */
export function takeWord(text: string): [word: string, rest: string] {
  const end = text.search(/[ \t\r\n"=]/);
  if (end < 0) return [text, ''];
  if (text[end] === '"') {
    const close = text.indexOf('"', end + 1);
    if (close < 0) return ['', ''];
    return [text.slice(0, end) + text.slice(end + 1, close), trimStart(text.slice(close + 1))];
  }
  const rest = trimStart(text.slice(end + 1));
  return [text.slice(0, end), text[end] !== '=' && rest.startsWith('=') ? trimStart(rest.slice(1)) : rest];
}

/** The arguments of a line, without quotes and comment: argv_split() in misc.c, OpenSSH 9.2. */
export function argumentsOf(line: ConfigLine): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.rest.length; at++) {
    const char = line.rest.charAt(at);
    const next = line.rest.charAt(at + 1);
    if (word === undefined && char === '#') break;
    if (quote === '' && /[ \t]/.test(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else if (char === '\\' && (/['"\\]/.test(next) || (quote === '' && next === ' '))) {
      word = (word ?? '') + next;
      at++;
    } else if (quote === '' && /['"]/.test(char)) {
      quote = char;
      word ??= '';
    } else if (char === quote) {
      quote = '';
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== '') throw configProblem(line, l10n.t('a quote is not closed'));
  if (word !== undefined) found.push(word);
  if (found.length === 0) throw configProblem(line, l10n.t('{0} has no value', line.keyword));
  return found;
}

/** The only argument of a line. */
export function argumentOf(line: ConfigLine): string {
  const [value = '', ...others] = argumentsOf(line);
  if (value === '') throw configProblem(line, l10n.t('{0} has no value', line.keyword));
  if (others.length > 0) throw configProblem(line, l10n.t('{0} takes one value only', line.keyword));
  return value;
}

export function configProblem({ file, number }: ConfigLine, problem: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    l10n.t('{0}, line {1}: {2}.', file, number, problem),
    l10n.t('Mend that line, or name another file, or "none", in ssh.configFile of the cloud.'),
  );
}

function trimStart(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '');
}
