import * as l10n from '@vscode/l10n';
import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { jsonFault } from './jsonFault';
import type { Place, Report } from './report';
import { TreeReader, Unreadable } from './treeReader';
import { mappingOf, type Mapping } from './value';

/** One configuration file as it was read. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Characters that PyYAML refuses wherever they stand (yaml/reader.py, PyYAML 6.0). */
const unprintable = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * The mapping that a file holds: YAML, or JSON when its name ends in "json" (`_load_yaml_json_file` of
 * openstack/config/loader.py 0.101). A file that is absent or empty is an empty one; undefined after a complaint.
 */
export function parseFile(file: TextFile | undefined, report: Report): Mapping | undefined {
  if (file === undefined) return new Map();
  const { path, text } = file;
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const json = path.endsWith('json');
  const deep = tooDeep(text);
  if (deep) {
    report.error(
      { file: path, line: deep, column: 1 },
      l10n.t('This file is nested too deeply. Use fewer levels.'),
    );
    return undefined;
  }
  const document = parse(text, lines);
  const fault = firstFault(text, json, document);
  if (fault) {
    report.error(place(fault.offset), fault.message);
    return undefined;
  }
  try {
    return mappingOf(new TreeReader(document.contents, json, place, report).root(), report);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    report.error(place(error.offset), error.message);
    return undefined;
  }
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  // failsafe: every scalar stays a text, and scalars.ts reads it as PyYAML does
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false } as const;
  return parseDocument(text, { ...options, lineCounter, logLevel: 'error' });
}

/**
 * The line where brackets or indentation exceed every configuration. The parser calls itself for each level, and
 * V8 may end the process, not only throw, when a regular expression meets the end of the stack.
 */
function tooDeep(text: string): number | undefined {
  let brackets = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const [character] of line.matchAll(/[[\]{}]/g)) {
      brackets = character === '[' || character === '{' ? brackets + 1 : Math.max(brackets - 1, 0);
      if (brackets > 100) return index + 1;
    }
    if (/^(?: |[-?:][ \t]){100}/.test(line)) return index + 1;
  }
  return undefined;
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

function firstFault(text: string, json: boolean, document: Document.Parsed): Fault | undefined {
  const [error] = document.errors;
  if (json) return jsonFault(text, error?.pos[0]);
  const bad = unprintable.exec(text.startsWith('\ufeff') ? text.replace('\ufeff', ' ') : text);
  if (bad) {
    return { offset: bad.index, message: l10n.t('YAML may not hold this control character. Remove it.') };
  }
  return error && { offset: error.pos[0], message: yamlFault(error) };
}

/** The parser's own messages quote the text, which may be a password. */
function yamlFault({ code }: YAMLError): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return l10n.t('YAML is indented with spaces. Replace this tab.');
    case 'BAD_INDENT':
      return l10n.t(
        'The indentation does not fit, or a bracket above is not closed. Give lines of one mapping the same number of spaces.',
      );
    case 'MULTIPLE_DOCS':
      return l10n.t('The file holds a second YAML document. Remove the line "---" and what follows it.');
    case 'MISSING_CHAR':
      return l10n.t('A character is missing here: a quote, a bracket, a colon or the space after it.');
    case 'BAD_DQ_ESCAPE':
      return l10n.t(
        'There is no such escape in double quotes. Write "\\\\" for a backslash, or use single quotes.',
      );
    case 'BAD_SCALAR_START':
      return l10n.t('A text cannot start with this character. Put it in quotes.');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return l10n.t(
        'This is no "key: value". Put a text that holds ": " in quotes, and check the line above.',
      );
    default:
      return l10n.t('This is not valid YAML. Check quotes, brackets, colons and indentation.');
  }
}
