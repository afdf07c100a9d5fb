import * as l10n from '@vscode/l10n';
import type { DatabaseId } from '../model/schema';
import { checkCondition, entriesOf, isOwn, type Place } from './ownRows';
import { checkAssignments } from './setRules';
import { conjunction, isNumber } from './sql/condition';
import type { Token } from './sql/scan';
import type { Analysis, Report } from './sql/statement';
import { declarationsOf, rootOf, shadowPrefix } from './tables';

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
  checkUuids(tokens, [place.uuid], report);
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

/** Reports every UUID but these. */
export function checkUuids(tokens: readonly Token[], allowed: readonly string[], report: Report): void {
  for (const token of tokens) {
    if (token.kind === 'string' && !allowed.includes(token.text) && uuidLiteral.test(token.text)) {
      report(l10n.t('This is the UUID of something else than the instance of this section.'), token);
    }
  }
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

/** `id = 29`: a name in the place of the number would be true of every row. */
function isOneId(part: readonly Token[]): boolean {
  const [column, sign, value] = part;
  return part.length === 3 && column?.text.toLowerCase() === 'id' && sign?.keyword === '=' && isNumber(value);
}

function isInventory(table: string, place: Place): boolean {
  return entriesOf(table, place).some(({ treatment }) => treatment !== 'delete');
}

function withoutShadow(table: string): string {
  return table.startsWith(shadowPrefix) ? table.slice(shadowPrefix.length) : table;
}

function isKnown(database: DatabaseId, table: string): boolean {
  return table === rootOf(database).table || declarationsOf(database, table).length > 0;
}
