import { apiDatabaseId } from '../../model/schema';
import type { HistoryStatement, HistoryUnit } from '../../model/history';
import type { InstanceTable } from '../../model/instanceTables';
import { scan, type Token } from '../sql/scan';
import { declarations, rootOf } from '../tables';
import { apiGuard, cellGuard, deletion, rootDeletion } from './statements';

type Place = Pick<HistoryUnit, 'database' | 'schema'>;

/** The statement of a draft that says the same, however it is spaced; undefined for every other. */
export function knownStatement(
  tokens: readonly Token[],
  place: Place,
  before: string,
): Omit<HistoryStatement, 'sql'> | undefined {
  const written = textOf(tokens);
  const found = possible(tokens, place, before).find(({ sql }) => textOf(tokensOf(sql)) === written);
  return found && { kind: found.kind, table: found.table };
}

/** True when the statements of a plan are these, in this order. */
export function areSame(
  statements: readonly HistoryStatement[],
  expected: readonly HistoryStatement[],
): boolean {
  const text = ({ sql }: HistoryStatement): string => textOf(tokensOf(sql));
  return (
    statements.length === expected.length &&
    statements.every((statement, index) => {
      const other = expected[index];
      return other !== undefined && text(statement) === text(other);
    })
  );
}

/** What a draft may hold: which tables there are is seen when the plan runs. */
function possible(
  tokens: readonly Token[],
  { database, schema: name }: Place,
  before: string,
): HistoryStatement[] {
  const schema = { name };
  const root = rootOf(database).table;
  const entries = declarations(database);
  const deletions = entries.filter(({ table, treatment }) => table !== root && treatment === 'delete');
  const guards =
    database === apiDatabaseId
      ? [apiGuard(schema, cellIdOf(tokens))]
      : subsets(entries.filter(({ treatment }) => treatment === 'detach')).map((inventory) =>
          cellGuard(schema, before, inventory),
        );
  return [
    ...guards,
    ...deletions.flatMap((entry) => deletion(schema, entry)),
    rootDeletion(schema, database),
  ];
}

/** Whichever it is: that it is the one of this cell is seen when the plan runs. */
function cellIdOf(tokens: readonly Token[]): number {
  const at = tokens.findIndex(({ keyword }) => keyword === 'CELL_ID');
  // `cell_id + 0 = 2`
  const text = tokens[at + 4]?.text ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function subsets(entries: readonly InstanceTable[]): InstanceTable[][] {
  return entries.reduce<InstanceTable[][]>(
    (found, entry) => [...found, ...found.map((subset) => [...subset, entry])],
    [[]],
  );
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => JSON.stringify([kindOf(kind), text])).join();
}

/** A name means the same with and without backticks. */
function kindOf(kind: Token['kind']): string {
  return kind === 'name' ? 'word' : kind;
}

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  const ignore = (): void => undefined;
  scan(
    sql,
    { start: 0, end: sql.length },
    { token: (token) => tokens.push(token), line: ignore, problem: ignore, unclosed: ignore },
  );
  return tokens;
}
