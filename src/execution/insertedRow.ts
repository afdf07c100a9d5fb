import { commaList } from '../cleanup/sql/condition';
import { scan, type Sink, type Token } from '../cleanup/sql/scan';

/** Columns and values, as SQL, of an INSERT ... VALUES of one row, which is what a run saves as the way back of a DELETE. */
export function insertedRow(sql: string): ReadonlyMap<string, string> {
  const tokens: Token[] = [];
  const ignore = (): void => undefined;
  const sink: Sink = {
    token: (token) => tokens.push(token),
    line: ignore,
    problem: ignore,
    unclosed: ignore,
  };
  scan(sql, { start: 0, end: sql.length }, sink);
  const open = tokens.findIndex(({ keyword }) => keyword === '(');
  const values = tokens.findIndex(({ keyword }) => keyword === 'VALUES');
  const columns = commaList(tokens.slice(open + 1, values - 1));
  const cells = commaList(tokens.slice(values + 2, -1));
  return new Map(columns.map(([name], index) => [name?.text ?? '', textOf(sql, cells[index] ?? [])]));
}

function textOf(sql: string, tokens: readonly Token[]): string {
  return sql.slice(tokens[0]?.start, tokens.at(-1)?.end);
}
