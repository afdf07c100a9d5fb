import type { RowRepair } from '../model/rowRepair';
import { apiDatabaseId } from '../model/schema';
import { readLiteral } from './literal';
import { entriesOf, equals, isOwn, type Place } from './ownRows';
import type { Reviewed } from './reviewed';
import { guardsOf } from './rowRules';
import { commaList, conjunction, isNumber, matches, type Conjunction, type Pattern } from './sql/condition';
import type { Guard } from './sql/guard';
import type { Token } from './sql/scan';
import type { Analysis } from './sql/statement';

type Assignments = ReadonlyMap<string, readonly Token[]>;

const id: Pattern = [{ name: 'id' }];
const now: Pattern = ['UTC_TIMESTAMP', '(', ')'];
const keptOrNow: Pattern = ['IFNULL', '(', { name: 'deleted_at' }, ',', ...now, ')'];

/** The statements of a unit, each change with the repair that it is a part of. */
export function withRepairs(
  statements: readonly Reviewed[],
  { uuid, database, schema }: Omit<Place, 'guards'>,
): Reviewed[] {
  const guards: Guard[] = [];
  const place = { uuid, database, schema, guards };
  return statements.map((statement) => {
    guards.push(...guardsOf([statement]));
    const repair = readRepair(statement.analysis, place);
    return repair ? { ...statement, repair } : statement;
  });
}

/** The repair that a change is, or is a part of, in the form in which it is drafted; undefined for every other change. */
function readRepair(analysis: Analysis, place: Place): RowRepair | undefined {
  const { kind, table = '', set = [], where = [] } = analysis;
  const condition = conjunction(where);
  if (condition.loose || !isOwn(table, condition, place)) return undefined;
  if (kind === 'delete') return removal(table, place);
  const assignments = assignmentsOf(set);
  if (kind !== 'update' || !assignments) return undefined;
  if (place.database === apiDatabaseId)
    return queuing(table, assignments) ?? mapping(table, assignments, condition, place);
  switch (table) {
    case 'instances':
      return finishing(assignments, condition, place) ?? moving(assignments, condition, place);
    case 'migrations':
      return ending(assignments, condition, place) ?? marking(table, assignments, condition, place);
    default:
      return marking(table, assignments, condition, place) ?? detaching(table, assignments, place);
  }
}

function removal(table: string, place: Place): RowRepair | undefined {
  const { database: cell } = place;
  const mayGo = entriesOf(table, place).some(({ treatment }) => treatment === 'delete');
  return mayGo && cell !== apiDatabaseId ? { do: 'remove-rows', cell, table } : undefined;
}

function queuing(table: string, set: Assignments): RowRepair | undefined {
  const queues = sets(set, { queued_for_delete: ['1'], updated_at: now });
  return table === 'instance_mappings' && queues ? { do: 'queue-mapping' } : undefined;
}

function mapping(
  table: string,
  set: Assignments,
  condition: Conjunction,
  { schema }: Place,
): RowRepair | undefined {
  const value = set.get('cell_id') ?? [];
  const cell = value.at(-2)?.text ?? '';
  const from: Pattern = ['FROM', { name: schema }, '.', { name: 'cell_mappings' }];
  const cellId: Pattern = ['(', 'SELECT', ...id, ...from, 'WHERE', ...equals('uuid', cell), ')'];
  const maps = sets(set, { cell_id: cellId, updated_at: now }) && says(condition, ['cell_id', 'IS', 'NULL']);
  return table === 'instance_mappings' && maps ? { do: 'map-to-cell', cell } : undefined;
}

function finishing(
  set: Assignments,
  condition: Conjunction,
  { database: cell }: Place,
): RowRepair | undefined {
  const marks = sets(set, { deleted: id, deleted_at: keptOrNow });
  return marks && says(condition, ['deleted', '<', '>', '0']) ? { do: 'finish-delete', cell } : undefined;
}

function moving(set: Assignments, condition: Conjunction, { database: cell }: Place): RowRepair | undefined {
  const from = valueIn(condition, 'host', ['<', '=', '>']);
  const host = readLiteral(set.get('host') ?? []);
  const node = readLiteral(set.get('node') ?? []);
  const [computeId, ...rest] = set.get('compute_id') ?? [];
  const columns = computeId ? ['host', 'node', 'compute_id'] : ['host', 'node'];
  if (typeof from !== 'string' || typeof host !== 'string' || typeof node !== 'string') return undefined;
  if (!hasOnly(set, columns) || !says(condition, ['deleted', '=', '0'])) return undefined;
  if (!computeId) return { do: 'move-row', cell, from, host, node };
  if (!isNumber(computeId) || rest.length > 0) return undefined;
  return { do: 'move-row', cell, from, host, node, computeId: Number(computeId.text) };
}

function ending(set: Assignments, condition: Conjunction, { database: cell }: Place): RowRepair | undefined {
  const migration = condition.parts.find(
    ([column, , value]) => column?.text === 'id' && isNumber(value),
  )?.[2];
  const status = valueIn(condition, 'status', ['<', '=', '>']);
  const ends = sets(set, { status: [{ string: 'error' }], updated_at: now });
  if (!ends || !migration || status === undefined || !says(condition, ['id', '=', migration.text]))
    return undefined;
  return { do: 'end-migration', cell, id: Number(migration.text), status };
}

/** Nova's own delete marks the rows of these tables, and forgets one volume in the same way. */
function marking(
  table: string,
  set: Assignments,
  condition: Conjunction,
  place: Place,
): RowRepair | undefined {
  const { database: cell } = place;
  const isMarked = entriesOf(table, place).some(({ marked }) => marked === 'soft');
  const marks = sets(set, { deleted: id, deleted_at: now }) && says(condition, ['deleted', '=', '0']);
  if (!isMarked || !marks) return undefined;
  const volumeId = table === 'block_device_mapping' ? valueIn(condition, 'volume_id', ['=']) : undefined;
  return typeof volumeId === 'string'
    ? { do: 'forget-volume', cell, volumeId }
    : { do: 'finish-delete', cell };
}

/** Inventory is freed by all columns that say whose it is; a release may have fewer of them. */
function detaching(table: string, set: Assignments, place: Place): RowRepair | undefined {
  const entry = entriesOf(table, place).find(({ treatment }) => treatment === 'detach');
  const { detach = {}, column = '' } = entry ?? {};
  const frees = [...set].every(
    ([name, value]) => Object.hasOwn(detach, name) && readLiteral(value) === detach[name],
  );
  return frees && set.has(column) ? { do: 'remove-rows', cell: place.database, table } : undefined;
}

/** Undefined where a column is set twice, or something else stands in its place. */
function assignmentsOf(set: readonly Token[]): Assignments | undefined {
  const assignments = new Map<string, readonly Token[]>();
  for (const [column, sign, ...value] of commaList(set)) {
    if (!column || (column.kind !== 'word' && column.kind !== 'name') || sign?.keyword !== '=')
      return undefined;
    if (assignments.has(column.text)) return undefined;
    assignments.set(column.text, value);
  }
  return assignments;
}

/** True when these columns and no others are set, in whatever order. */
function sets(set: Assignments, expected: Readonly<Record<string, Pattern>>): boolean {
  return (
    hasOnly(set, Object.keys(expected)) &&
    Object.entries(expected).every(([column, pattern]) => matches(set.get(column) ?? [], pattern))
  );
}

function hasOnly(set: Assignments, columns: readonly string[]): boolean {
  return set.size === columns.length && columns.every((column) => set.has(column));
}

function says(condition: Conjunction, [column = '', ...rest]: readonly string[]): boolean {
  return condition.parts.some((part) => matches(part, [{ name: column }, ...rest]));
}

/** The literal that a part of the condition compares a column with; undefined where none does. */
function valueIn({ parts }: Conjunction, column: string, sign: readonly string[]): string | null | undefined {
  const found = parts.find((part) => matches(part.slice(0, sign.length + 1), [{ name: column }, ...sign]));
  return found && readLiteral(found.slice(sign.length + 1));
}
