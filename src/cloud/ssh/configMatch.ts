import * as l10n from '@vscode/l10n';
import type { ConfigOptions } from './configOptions';
import { argumentsOf, configProblem, takeWord, type ConfigLine } from './configSyntax';
import { matchesAny, matchesList } from './patterns';

/** Whom a config is read for. */
export interface ConfigSubject {
  /** the names that `Host` may call it by; the first is what ssh(1) would get on its command line */
  readonly names: readonly [string, ...string[]];
  readonly localUser: string;
}

/** Whether the block that a `Host` line begins speaks of the host. */
export function hostMatches(line: ConfigLine, { names }: ConfigSubject): boolean {
  const patterns = argumentsOf(line);
  if (patterns.includes('')) throw configProblem(line, l10n.t('{0} has no value', line.keyword));
  return matchesAny(names, patterns);
}

/**
 * Whether the block that a `Match` line begins applies: match_cfg_line() in readconf.c, OpenSSH 9.2. What `exec`
 * would run, or `final` would read again, is refused; but not where another criterion fails already.
 */
export function matchMatches(line: ConfigLine, subject: ConfigSubject, options: ConfigOptions): boolean {
  argumentsOf(line);
  let result = true;
  let rest = line.rest;
  for (let count = 0; rest !== '' && !rest.startsWith('#'); count++) {
    const [attribute, afterAttribute] = takeWord(rest);
    const denied = attribute.startsWith('!');
    const criterion = attribute.replace('!', '').toLowerCase();
    if (criterion === 'all') {
      if (count > 1 || /^[^#]/.test(afterAttribute))
        throw configProblem(line, l10n.t('"all" must stand alone'));
      return result && !denied;
    }
    if (criterion === 'final' || criterion === 'canonical') {
      if (result) throw unsupported(line, criterion);
      rest = afterAttribute;
      continue;
    }
    const [value, next] = takeWord(afterAttribute);
    if (value === '' || value.startsWith('#'))
      throw configProblem(line, l10n.t('{0} has no value', criterion));
    if (result) result = applies(line, criterion, value, subject, options) !== denied;
    rest = next;
  }
  return result;
}

function applies(
  line: ConfigLine,
  criterion: string,
  value: string,
  { names, localUser }: ConfigSubject,
  { hostName, user }: ConfigOptions,
): boolean {
  const patterns = value.toLowerCase().split(',');
  const lowerCase = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());
  switch (criterion) {
    case 'host':
      return matchesAny(
        lowerCase(hostName === undefined ? names : [expandHostName(hostName, names[0])]),
        patterns,
      );
    case 'originalhost':
      return matchesAny(lowerCase(names), patterns);
    case 'user':
      return matchesList(user ?? localUser, value);
    case 'localuser':
      return matchesList(localUser, value);
    default:
      throw unsupported(line, criterion);
  }
}

/** `%h` in HostName is the name that was given. */
export function expandHostName(hostName: string, given: string): string {
  return hostName.replace(/%([h%])/g, (_token, letter) => (letter === 'h' ? given : '%'));
}

function unsupported(line: ConfigLine, criterion: string): Error {
  return configProblem(line, l10n.t('Match {0} is not supported', criterion));
}
