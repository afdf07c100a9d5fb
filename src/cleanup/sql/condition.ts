import type { Token } from './scan';

/** A WHERE as what AND joins at its top level. */
export interface Conjunction {
  readonly parts: readonly (readonly Token[])[];
  /** a keyword at the top level that makes the parts alternatives, or whose own AND would be taken for a joint */
  readonly loose?: Token;
}

/** Clauses after a condition: in a change they reach other rows, in a guard they can leave it without a row to raise on. */
export const trailing: ReadonlySet<string> = new Set([
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'GROUP',
  'HAVING',
  'WINDOW',
  'FOR',
  'LOCK',
  'SELECT',
]);

// `||` reaches us as two symbols.
const loosening = new Set(['OR', '|', 'XOR', 'BETWEEN', 'CASE']);

/** Splits the tokens after WHERE at each AND outside of parentheses. */
export function conjunction(tokens: readonly Token[]): Conjunction {
  let part: Token[] = [];
  const parts = [part];
  let depth = 0;
  let loose: Token | undefined;
  for (const token of tokens) {
    const { keyword } = token;
    if (keyword === '(') depth++;
    if (keyword === ')') depth--;
    if (depth === 0 && keyword === 'AND') {
      part = [];
      parts.push(part);
    } else {
      if (depth === 0 && keyword !== '' && loosening.has(keyword)) loose ??= token;
      part.push(token);
    }
  }
  return loose ? { parts, loose } : { parts };
}

/** The parts that stand outside of parentheses with a comma between them. */
export function commaList(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.keyword === '(') depth++;
    if (token.keyword === ')') depth--;
    if (depth === 0 && token.keyword === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** True for plain decimal digits. */
export function isNumber(token: Token | undefined): boolean {
  return token?.kind === 'number' && /^\d+$/.test(token.text);
}

/** A pattern is matched token by token: a keyword or symbol, a name, a string, anything. */
export type Pattern = readonly (
  string | { readonly name: string } | { readonly string: string } | typeof anything
)[];

export const anything = Symbol('any token');

/** True when the tokens are this pattern and nothing else. Names are compared to the letter. */
export function matches(tokens: readonly Token[], pattern: Pattern): boolean {
  return tokens.length === pattern.length && matchesAt(tokens, 0, pattern);
}

/** True when the pattern is met by the tokens that begin at this index. */
export function matchesAt(tokens: readonly Token[], from: number, pattern: Pattern): boolean {
  return pattern.every((expected, index) => fits(tokens[from + index], expected));
}

function fits(token: Token | undefined, expected: Pattern[number]): boolean {
  if (!token) return false;
  if (expected === anything) return true;
  if (typeof expected === 'string') return token.keyword === expected;
  if ('name' in expected)
    return (token.kind === 'word' || token.kind === 'name') && token.text === expected.name;
  return token.kind === 'string' && token.text === expected.string;
}
