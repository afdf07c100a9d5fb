import {
  anything,
  conjunction,
  isNumber,
  matches,
  matchesAt,
  trailing,
  type Conjunction,
  type Pattern,
} from './condition';
import type { Token } from './scan';

/** A SELECT that raises unless a number of rows is found, and locks them. */
export interface Guard {
  readonly table: string;
  readonly rows: number;
  readonly condition: Conjunction;
}

const raise: Pattern = [',', { string: 'ok' }, ',', '~', '0', '+', '1', ')'];
const count: Pattern = ['SELECT', 'IF', '(', 'COUNT', '(', '*', ')', '=', anything];
const source: Pattern = ['FROM', anything, '.', anything, 'WHERE'];
const head: Pattern = [...count, ...raise, ...source];
const tail: Pattern = ['FOR', 'UPDATE'];

/** The guard that a SELECT is, in the form in which it is drafted; undefined for every other statement. */
export function readGuard(tokens: readonly Token[]): Guard | undefined {
  const end = tokens.length - tail.length;
  if (end < head.length || !matchesAt(tokens, 0, head) || !matchesAt(tokens, end, tail)) return undefined;
  // The server compares a string by the number that it begins with: '0x1' is 0 there.
  const number = tokens[count.length - 1];
  const rows = isNumber(number) ? Number(number?.text) : NaN;
  const table = tokens[head.length - 2]?.text ?? '';
  const condition = conjunction(tokens.slice(head.length, end));
  if (!Number.isSafeInteger(rows) || hasTrailing(condition)) return undefined;
  return { table, rows, condition };
}

/** Parentheses may hold a SELECT with clauses of its own. */
function hasTrailing({ parts }: Conjunction): boolean {
  return parts.some((part) => {
    let depth = 0;
    return part.some(({ keyword }) => {
      if (keyword === '(') depth++;
      if (keyword === ')') depth--;
      return depth === 0 && trailing.has(keyword);
    });
  });
}

/** The id that the line holds which stops a plain client; undefined for every other statement. */
export function readStop(tokens: readonly Token[]): string | undefined {
  const variable = tokens[3];
  const id = tokens[5];
  if (variable?.text !== '@openstack_zombies_run' || id?.kind !== 'string') return undefined;
  return matches(tokens, ['SELECT', 'IF', '(', anything, '=', anything, ...raise]) ? id.text : undefined;
}
