import * as l10n from '@vscode/l10n';
import type { InstanceTable } from '../model/instanceTables';
import type { DatabaseId } from '../model/schema';
import { isNumber, matches, type Conjunction, type Pattern } from './sql/condition';
import type { Guard } from './sql/guard';
import type { Token } from './sql/scan';
import type { Report } from './sql/statement';
import { declarationsOf, rootOf } from './tables';

/** Where a change stands. */
export interface Place {
  readonly uuid: string;
  readonly database: DatabaseId;
  readonly schema: string;
  /** the guards before it in its unit */
  readonly guards: readonly Guard[];
}

/** True for the guard on the instance itself that every unit needs. */
export function isStateGuard(
  { table, rows, condition }: Guard,
  { uuid, database }: Omit<Place, 'guards'>,
): boolean {
  const root = rootOf(database);
  // Any more conditions on rows that are not there would only make room for one that is.
  const whole = rows > 0 || condition.parts.length === 1;
  return table === root.table && whole && !condition.loose && hasPart(condition, equals(root.column, uuid));
}

/** True for the guard that no build request of the instance is there: more conditions would make room for one. */
export function isRequestGuard({ table, rows, condition }: Guard, { uuid }: Pick<Place, 'uuid'>): boolean {
  const [part = [], ...more] = condition.parts;
  const whole = more.length === 0 && !condition.loose && matches(part, equals('instance_uuid', uuid));
  return table === 'build_requests' && rows === 0 && whole;
}

/** Reports a condition that reaches further than the instance. */
export function checkCondition(
  table: string,
  condition: Conjunction,
  place: Place,
  head: Token,
  report: Report,
): void {
  if (condition.loose) {
    report(l10n.t('Put what {0} belongs to into parentheses.', condition.loose.keyword), condition.loose);
    return;
  }
  if (!isOwn(table, condition, place))
    report(l10n.t('The condition must say: {0}', example(table, place)), head);
}

/** True when a part of the condition says that the rows are those of this instance. */
export function isOwn(table: string, condition: Conjunction, place: Place): boolean {
  const root = rootOf(place.database);
  return (
    (table === root.table && hasPart(condition, equals(root.column, place.uuid))) ||
    entriesOf(table, place).some((entry) => namesInstance(condition, entry, place))
  );
}

export function entriesOf(table: string, { database }: Pick<Place, 'database'>): readonly InstanceTable[] {
  return declarationsOf(database, table);
}

export function equals(column: string, uuid: string): Pattern {
  return [{ name: column }, '=', { string: uuid }];
}

export function hasPart(condition: Conjunction, pattern: Pattern): boolean {
  return condition.parts.some((part) => matches(part, pattern));
}

function namesInstance(condition: Conjunction, entry: InstanceTable, place: Place): boolean {
  const { column, through } = entry;
  if (!through) return hasPart(condition, equals(column, place.uuid));
  return (
    hasPart(condition, [{ name: column }, 'IN', '(', ...parentIds(through, place), ')']) ||
    condition.parts.some((part) => isGuardedList(part, column, through, place))
  );
}

type Through = NonNullable<InstanceTable['through']>;

function parentIds({ table, column }: Through, { schema, uuid }: Place): Pattern {
  const from: Pattern = ['FROM', { name: schema }, '.', { name: table }];
  return ['SELECT', 'ID', ...from, 'WHERE', ...equals(column, uuid)];
}

/** `column IN (1, 2)` where a guard has proven that 1 and 2 are the ids of this instance's rows. */
function isGuardedList(
  part: readonly Token[],
  column: string,
  through: Through,
  { guards, uuid }: Place,
): boolean {
  const list = part.slice(3, -1);
  // A name in the list, quoted or not, would mean another column here than in the guard.
  if (!list.every((token, index) => (index % 2 === 0 ? isNumber(token) : token.keyword === ',')))
    return false;
  const ids = list.map((token) => token.keyword);
  if (!matches(part, [{ name: column }, 'IN', '(', ...ids, ')'])) return false;
  return guards.some(
    ({ table, rows, condition }) =>
      table === through.table &&
      !condition.loose &&
      rows === (ids.length + 1) / 2 &&
      hasPart(condition, equals(through.column, uuid)) &&
      hasPart(condition, ['ID', 'IN', '(', ...ids, ')']),
  );
}

function example(table: string, place: Place): string {
  const { uuid, schema, database } = place;
  const [entry] = entriesOf(table, place);
  if (!entry) return `${rootOf(database).column} = '${uuid}'`;
  const { column, through } = entry;
  return through
    ? `${column} IN (SELECT id FROM ${schema}.${through.table} WHERE ${through.column} = '${uuid}')`
    : `${column} = '${uuid}'`;
}
