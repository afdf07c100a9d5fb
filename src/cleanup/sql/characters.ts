/** UTF-16 code units that mean something to the scanner. */
export const code = {
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  dollar: 36,
  quote: 39,
  star: 42,
  minus: 45,
  dot: 46,
  slash: 47,
  zero: 48,
  nine: 57,
  colon: 58,
  equals: 61,
  at: 64,
  backslash: 92,
  underscore: 95,
  backtick: 96,
  delete: 127,
} as const;

/** Letters, digits, _ and $, and, as for the server, everything beyond ASCII. */
export function isWordCode(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 48 && unit <= 57) ||
    unit === code.underscore ||
    unit === code.dollar ||
    unit > code.delete
  );
}

export function isBlank(unit: number): boolean {
  return unit === code.space || (unit >= code.tab && unit <= code.return);
}

/** Two dashes open a comment only before a blank, a control character or the end. */
export function isDashComment(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== code.minus || text.charCodeAt(at + 1) !== code.minus) return false;
  const next = text.charCodeAt(at + 2);
  return Number.isNaN(next) || next <= code.space || next === code.delete;
}

export function isFirstOfLine(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && text.charCodeAt(at) !== code.newline && isBlank(text.charCodeAt(at))) at--;
  return at < 0 || text.charCodeAt(at) === code.newline;
}
