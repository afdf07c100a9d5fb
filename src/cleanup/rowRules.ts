import * as l10n from '@vscode/l10n';
import type { RowState, Section, UnitStep } from '../model/plan';
import { apiDatabaseId, type DatabaseId } from '../model/schema';
import { isStateGuard, type Place } from './ownRows';
import type { Reviewed } from './reviewed';
import { commaList, isNumber } from './sql/condition';
import type { Guard } from './sql/guard';
import type { Token } from './sql/scan';
import type { Analysis, Report } from './sql/statement';
import { declarationsOf } from './tables';

/** True when the unit takes a live row of instances away: deletes it, or marks it as Nova's own delete does. */
export function takesLiveRow(statements: readonly Reviewed[], database: DatabaseId): boolean {
  const gone = guardsOn(statements).some((guard) => guard.rows === 0 || isOfDeleted(guard));
  return database !== apiDatabaseId && !gone && statements.some(takesRow);
}

export function guardsOf(statements: readonly Reviewed[]): Guard[] {
  return statements.map(({ guard }) => guard).filter((guard) => guard !== undefined);
}

/** What the guards of a unit say of the row of instances; undefined where they say nothing. */
export function rowState(guards: readonly Guard[], place: Omit<Place, 'guards'>): RowState | undefined {
  const own = guards.filter((guard) => isStateGuard(guard, place));
  if (place.database === apiDatabaseId || own.length === 0) return undefined;
  if (own.some((guard) => guard.rows > 0 && !isOfDeleted(guard))) return 'live';
  return own.some(isOfDeleted) ? 'deleted' : 'none';
}

/**
 * A live row keeps what hangs on it: one without its instance_extra makes the server list of everybody fail and keeps
 * nova-compute from starting. So its rows go with it, or not at all.
 */
export function checkRowStays(
  statements: readonly Reviewed[],
  { database }: Pick<UnitStep, 'database'>,
  report: Report,
): void {
  if (database === apiDatabaseId || !isLive(statements) || statements.some(takesRow)) return;
  const torn = statements.find(({ analysis }) => isPart(analysis, database));
  if (torn) {
    report(
      l10n.t('The row of the instance would stay without these. Change it in the same unit, or leave them.'),
      torn.span,
    );
  }
}

/**
 * What the API database knows of an instance goes with its live row, in a section that takes both: nobody finds an
 * instance any more whose mapping is gone or queued for deletion. A purge is of instances that have no row.
 */
export function checkMappingStays({ depth, steps }: Section, report: Report): void {
  if (depth === 'purge' || steps.some((step) => step.step === 'unit' && step.takesRow)) return;
  const change = steps
    .flatMap((step) => (step.step === 'unit' && step.database === apiDatabaseId ? step.statements : []))
    .find(({ kind }) => kind !== 'select');
  if (change) {
    report(
      l10n.t(
        'The row of the instance would stay in its cell without these. Change it in this section, or leave them.',
      ),
      change.span,
    );
  }
}

/** True when only the API database is left to do: an earlier run took the row, and a guard says that it is still gone. */
export function restsOnEarlierRun({ depth, steps }: Pick<Section, 'depth' | 'steps'>): boolean {
  const units = steps.flatMap((step) => (step.step === 'unit' ? [step] : []));
  return (
    depth !== 'purge' &&
    depth !== 'repair' &&
    !units.some(({ takesRow }) => takesRow) &&
    units.some(({ database, row }) => database !== apiDatabaseId && (row === 'none' || row === 'deleted'))
  );
}

function isLive(statements: readonly Reviewed[]): boolean {
  return guardsOn(statements).some((guard) => guard.rows > 0 && !isOfDeleted(guard));
}

function guardsOn(statements: readonly Reviewed[]): Guard[] {
  return guardsOf(statements).filter(({ table }) => table === 'instances');
}

/** The guard says that Nova has deleted the row. */
function isOfDeleted({ condition }: Guard): boolean {
  return condition.parts.some(
    ([column, sign, value, ...rest]) =>
      column?.text === 'deleted' && sign?.keyword === '=' && isNotZero(value) && rest.length === 0,
  );
}

/** A change of nothing, or of another column, leaves the row where it is. */
function takesRow({ analysis: { kind, table, set }, expect = 0 }: Reviewed): boolean {
  if (table !== 'instances' || expect === 0) return false;
  return kind === 'delete' || (kind === 'update' && marksDeleted(set ?? []));
}

function marksDeleted(set: readonly Token[]): boolean {
  const values = commaList(set).flatMap(([column, , ...value]) =>
    column?.text.toLowerCase() === 'deleted' ? [value] : [],
  );
  return (
    values.length > 0 &&
    values.every(([value, ...rest]) => rest.length === 0 && (isId(value) || isNotZero(value)))
  );
}

/** Nova marks a row with its own id. */
function isId(token: Token | undefined): boolean {
  return (token?.kind === 'word' || token?.kind === 'name') && token.text.toLowerCase() === 'id';
}

function isNotZero(token: Token | undefined): boolean {
  return isNumber(token) && Number(token?.text) !== 0;
}

/** Nova's own delete marks these rows together with the instance's. */
function isPart({ kind, table = '' }: Analysis, database: DatabaseId): boolean {
  if (kind === 'select' || kind === 'insert-select') return false;
  return declarationsOf(database, table).some(({ marked }) => marked === 'soft');
}
