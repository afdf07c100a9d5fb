import * as l10n from '@vscode/l10n';
import type { InstanceTable } from '../model/instanceTables';
import type { DatabaseId } from '../model/schema';
import { checkAssignments } from './setRules';
import { conjunction, isNumber, matches, type Conjunction, type Pattern } from './sql/condition';
import type { Guard } from './sql/guard';
import type { Token } from './sql/scan';
import type { Analysis, Report } from './sql/statement';
import { declarations, rootOf, shadowPrefix } from './tables';

/** Where a change stands. */
export interface Place {
  readonly uuid: string;
  readonly database: DatabaseId;
  readonly schema: string;
  /** the guards before it in its unit */
  readonly guards: readonly Guard[];
}

const uuidLiteral = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What a change of a cleanup plan may do: touch the rows of its own instance, in the tables that are known. */
export function checkCleanupChange(
  analysis: Analysis,
  tokens: readonly Token[],
  place: Place,
  report: Report,
): void {
  const head = tokens[0];
  if (!head) return;
  if (analysis.kind === 'insert') {
    report(l10n.t('Rows are inserted only when a run is taken back.'), head);
    return;
  }
  const copies = analysis.kind === 'insert-select';
  const table = (copies ? analysis.from : analysis.table) ?? '';
  if (copies && analysis.table !== shadowPrefix + table) {
    report(l10n.t('Rows of {0} may be copied to {1} and nowhere else.', table, shadowPrefix + table), head);
  }
  for (const token of tokens) {
    if (token.kind === 'string' && uuidLiteral.test(token.text) && token.text !== place.uuid) {
      report(l10n.t('This is the UUID of something else than the instance of this section.'), token);
    }
  }
  if (!isKnown(place.database, table)) {
    report(l10n.t('It is not known what {0} has to do with an instance, so it is left alone.', table), head);
    return;
  }
  if (analysis.kind === 'delete' && isInventory(table, place)) {
    report(l10n.t('Rows of {0} are inventory: an UPDATE frees them, and nothing deletes them.', table), head);
  }
  if (analysis.kind === 'update') checkAssignments(analysis, place.database, report);
  checkCondition(table, conjunction(analysis.where ?? []), place, head, report);
}

/** What a change of a plan may do that takes a run back: the tables are the same, and rows are picked one by one. */
export function checkRestoreChange(
  analysis: Analysis,
  tokens: readonly Token[],
  place: Place,
  report: Report,
): void {
  const head = tokens[0];
  if (!head) return;
  const table = withoutShadow(analysis.table ?? '');
  if (analysis.kind === 'insert-select')
    report(l10n.t('A run is taken back with the rows that were saved.'), head);
  if (!isKnown(place.database, table)) report(l10n.t('No run of this extension changes {0}.', table), head);
  if (analysis.kind === 'insert') return;
  if (analysis.kind === 'delete' && table === analysis.table)
    report(l10n.t('A run that is taken back deletes in the shadow tables only.'), head);
  const condition = conjunction(analysis.where ?? []);
  const oneRow = condition.parts.some(isOneId) || isOwn(table, condition, place);
  if (condition.loose || !oneRow)
    report(l10n.t('A run is taken back row by row: the condition says id = ...'), head);
}

/** True for the guard on the instance itself that every unit needs. */
export function isStateGuard({ table, rows, condition }: Guard, { uuid, database }: Place): boolean {
  const root = rootOf(database);
  // Any more conditions on rows that are not there would only make room for one that is.
  const whole = rows > 0 || condition.parts.length === 1;
  return table === root.table && whole && !condition.loose && hasPart(condition, equals(root.column, uuid));
}

function checkCondition(
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
function isOwn(table: string, condition: Conjunction, place: Place): boolean {
  const root = rootOf(place.database);
  return (
    (table === root.table && hasPart(condition, equals(root.column, place.uuid))) ||
    entriesOf(table, place).some((entry) => namesInstance(condition, entry, place))
  );
}

function entriesOf(table: string, { database }: Place): readonly InstanceTable[] {
  return declarations(database).filter((entry) => entry.table === table);
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

/** `id = 29`: a name in the place of the number would be true of every row. */
function isOneId(part: readonly Token[]): boolean {
  const [column, sign, value] = part;
  return part.length === 3 && column?.text.toLowerCase() === 'id' && sign?.keyword === '=' && isNumber(value);
}

function isInventory(table: string, place: Place): boolean {
  return entriesOf(table, place).some(({ treatment }) => treatment !== 'delete');
}

function equals(column: string, uuid: string): Pattern {
  return [{ name: column }, '=', { string: uuid }];
}

function hasPart(condition: Conjunction, pattern: Pattern): boolean {
  return condition.parts.some((part) => matches(part, pattern));
}

function withoutShadow(table: string): string {
  return table.startsWith(shadowPrefix) ? table.slice(shadowPrefix.length) : table;
}

function isKnown(database: DatabaseId, table: string): boolean {
  return table === rootOf(database).table || declarations(database).some((entry) => entry.table === table);
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
