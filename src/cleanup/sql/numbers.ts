import { code, isWordCode } from './characters';

const number = /0x[0-9a-fA-F]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

/**
 * Where the number ends that begins at `start`; undefined when there is none, or one that touches a word, a dot or a
 * quote. A server ends a number where its digits end and goes on with the next word: it reads `0e1OR` and `.5OR` as two
 * (sql/sql_lex.cc of MariaDB, MY_LEX_NUMBER_IDENT and MY_LEX_REAL), `1abc` and `0x1g` as a name.
 */
export function numberEnd(text: string, start: number): number | undefined {
  if (touches(text.charCodeAt(start - 1))) return undefined;
  let digits = start;
  while (isDigit(text.charCodeAt(digits))) digits++;
  if (digits > start && !touches(text.charCodeAt(digits))) return digits;
  number.lastIndex = start;
  const found = number.exec(text);
  const end = start + (found?.[0].length ?? 0);
  return found && !touches(text.charCodeAt(end)) ? end : undefined;
}

export function isDigit(unit: number): boolean {
  return unit >= code.zero && unit <= code.nine;
}

const marks: ReadonlySet<number> = new Set([code.dot, code.quote, code.doubleQuote, code.backtick]);

function touches(unit: number): boolean {
  return isWordCode(unit) || marks.has(unit);
}
