import * as l10n from '@vscode/l10n';
import type { Section, UnitStep } from '../model/plan';
import type { RowRepair } from '../model/rowRepair';
import { checkUuids } from './changeRules';
import { checkCondition, isRequestGuard, type Place } from './ownRows';
import type { Reviewed } from './reviewed';
import { rowState } from './rowRules';
import { conjunction } from './sql/condition';
import type { Report } from './sql/statement';
import { rootOf } from './tables';

/** A live instance loses nothing else to a repair: Nova makes a new token whenever one is asked for. */
const madeAnew: ReadonlySet<string> = new Set(['console_auth_tokens']);

/** True when a live instance can be without its rows of the table. */
export function isDispensable(table: string): boolean {
  return madeAnew.has(table);
}

/** What a change of a section of depth repair may do: one of the repairs, in the form in which it is drafted. */
export function checkRepairChange(
  { analysis, tokens, repair, span }: Reviewed,
  place: Place,
  report: Report,
): void {
  const head = tokens[0] ?? span;
  checkUuids(tokens, [place.uuid, ...namedBy(repair)], report);
  if (!repair) {
    const { table = '', where = [] } = analysis;
    if (tokens[0]) checkCondition(table, conjunction(where), place, tokens[0], report);
    report(strangeChange(table, place), head);
    return;
  }
  const against = objection(repair, place);
  if (against !== undefined) report(against, head);
}

/** What else than the instance a repair names. */
function namedBy(repair: RowRepair | undefined): readonly string[] {
  switch (repair?.do) {
    case 'forget-volume':
      return [repair.volumeId];
    case 'map-to-cell':
      return [repair.cell];
    default:
      return [];
  }
}

/** What the repairs of a section ask of the rest of it. */
export function checkRepairs({ steps }: Section, report: Report): void {
  const units = steps.filter((step) => step.step === 'unit');
  const gone = units.some(({ row }) => row === 'deleted') && !units.some(({ row }) => row === 'live');
  const confirms = steps.some(({ step }) => step === 'confirm');
  for (const { repair, span } of units.flatMap(({ statements }) => statements)) {
    if (repair?.do === 'queue-mapping' && !gone) {
      report(
        l10n.t(
          'Nobody finds an instance whose mapping is queued for deletion. Put back the unit of the cell with the guard that its row is deleted, or draft the plan again.',
        ),
        span,
      );
    }
    if (repair?.do === 'map-to-cell' && !isOnlyRow(repair.cell, units)) {
      report(
        l10n.t(
          'A mapping leads to the cell that has the row of the instance, and no other has one. Put back the unit of the cell with the guard that its row is live, or draft the plan again.',
        ),
        span,
      );
    }
    if (repair?.do === 'move-row' && !confirms) {
      report(l10n.t('What moves a row to another host needs an @confirm line.'), span);
    }
  }
}

function isOnlyRow(cell: string, units: readonly UnitStep[]): boolean {
  const [unit, ...more] = units.filter(({ row }) => row === 'live' || row === 'deleted');
  return unit?.database === cell && unit.row === 'live' && more.length === 0;
}

function strangeChange(table: string, { database }: Place): string {
  if (table !== rootOf(database).table)
    return l10n.t('No repair changes {0} so. Write it as it was drafted, or draft the plan again.', table);
  return table === 'instances'
    ? l10n.t(
        'A repair leaves the row of the instance as it is: it sets host, node and compute_id of one that moves, or deleted and deleted_at of one that is deleted, and nothing else.',
      )
    : l10n.t(
        'A repair sets queued_for_delete and updated_at of the mapping, or cell_id and updated_at of one that names no cell, and nothing else.',
      );
}

function objection(repair: RowRepair, place: Place): string | undefined {
  const row = rowState(place.guards, place);
  switch (repair.do) {
    case 'finish-delete':
      return row === 'deleted'
        ? undefined
        : l10n.t(
            'Only what hangs on a deleted row is marked as deleted, and the guard says that it is none.',
          );
    case 'move-row':
      return row === 'live'
        ? undefined
        : l10n.t('Only a live row moves, and the guard says that it is none.');
    case 'remove-rows':
      return row !== 'live' || isDispensable(repair.table)
        ? undefined
        : l10n.t('The row of the instance is live, and keeps what it has in {0}.', repair.table);
    case 'map-to-cell':
      return place.guards.some((guard) => isRequestGuard(guard, place))
        ? undefined
        : l10n.t(
            'A mapping is given its cell only behind the guard that no row of build_requests waits for the instance.',
          );
    case 'end-migration':
    case 'forget-volume':
    case 'queue-mapping':
      return undefined;
  }
}
