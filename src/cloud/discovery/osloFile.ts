/** What oslo.config refuses in a file; it then uses nothing of that file. */
export type OsloFault =
  'no-assignment' | 'empty-key' | 'stray-continuation' | 'open-bracket' | 'empty-section' | 'no-section';

export interface OsloProblem {
  /** from 1 */
  readonly line: number;
  readonly fault: OsloFault;
}

export interface Assignment {
  /** as oslo.config compares it: lower case, but for DEFAULT */
  readonly section: string;
  readonly key: string;
  /** lines are joined by newlines; nothing is interpolated yet */
  readonly value: string;
  readonly line: number;
}

export interface OsloFile {
  readonly assignments: readonly Assignment[];
  /** the first one, at which oslo.config gives up */
  readonly problem?: OsloProblem;
}

interface Open {
  readonly key: string;
  readonly values: string[];
  readonly line: number;
}

/**
 * Reads the text of a configuration file as oslo.config 9.0 does (iniparser.py, BaseParser.parse; cfg.py,
 * ConfigParser). A comment ends a value, and an indented comment is part of it. Any text is read without throwing.
 */
export function parseOsloFile(text: string): OsloFile {
  const assignments: Assignment[] = [];
  let section: string | undefined;
  let open: Open | undefined;
  const stop = (line: number, fault: OsloFault): OsloFile => ({ assignments, problem: { line, fault } });
  /** Ends the assignment that is open; false when it stands before the first section. */
  const close = (): boolean => {
    if (open === undefined) return true;
    if (section === undefined) return false;
    const { key, values, line } = open;
    assignments.push({ section, key, value: values.join('\n'), line });
    open = undefined;
    return true;
  };

  for (const [index, whole] of linesOf(text).entries()) {
    const number = index + 1;
    const line = stripEnd(whole);
    if (/^[ \t]/.test(line)) {
      if (open === undefined) return stop(number, 'stray-continuation');
      open.values.push(strip(line));
      continue;
    }
    if (!close()) return stop(open?.line ?? number, 'no-section');
    if (line === '' || /^[#;]/.test(line)) continue;
    if (line.startsWith('[')) {
      if (!line.endsWith(']')) return stop(number, 'open-bracket');
      if (line.length <= 2) return stop(number, 'empty-section');
      section = normalSection(line.slice(1, -1));
      continue;
    }
    const separator = line.search(/[:=]/);
    if (separator < 0) return stop(number, 'no-assignment');
    const key = strip(line.slice(0, separator));
    if (key === '') return stop(number, 'empty-key');
    open = { key, values: [withoutQuotes(strip(line.slice(separator + 1)))], line: number };
  }
  return close() ? { assignments } : stop(open?.line ?? 1, 'no-section');
}

/** oslo.config 9.0, cfg.py, _normalize_group_name: `[default]` is another section than `[DEFAULT]`. */
export function normalSection(name: string): string {
  return name === 'DEFAULT' ? name : name.toLowerCase();
}

/** The lines that Python reads of a text file: \r\n and \r end a line too. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A lone quote is both the first and the last character, and goes. */
function withoutQuotes(value: string): string {
  return /^["']/.test(value) && value.at(0) === value.at(-1) ? value.slice(1, -1) : value;
}

/** What Python's str.strip takes for a space; JavaScript's trim differs in U+001C to U+001F, U+0085 and U+FEFF. */
const spaces = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const space = new RegExp(spaces);

function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && space.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function strip(text: string): string {
  let start = 0;
  while (start < text.length && space.test(text.charAt(start))) start++;
  return stripEnd(text.slice(start));
}
