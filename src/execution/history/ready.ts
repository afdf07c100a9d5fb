import * as l10n from '@vscode/l10n';
import { areSame } from '../../cleanup/history/historyRules';
import { unitsOf } from '../../cleanup/history/draft';
import { readSchema } from '../../evidence/schema';
import { OperatorError } from '../../model/errors';
import { youngestDays, type HistorySection } from '../../model/history';
import { apiDatabaseId, type Schema } from '../../model/schema';
import { withDatabase, type RunContext } from '../context';
import type { ChunkPlace } from './chunk';
import { readPlace } from './place';

/** A section that may run: its statements are what a draft would hold now. */
export interface ReadySection {
  readonly section: HistorySection;
  readonly schema: Schema;
  readonly inCell: ChunkPlace;
  readonly inApi: ChunkPlace;
}

const dayMs = 24 * 60 * 60_000;

/** Looks at the databases of a section. Rejects when the plan must not run on them. */
export async function readySection(
  section: HistorySection,
  context: RunContext,
  signal?: AbortSignal,
): Promise<ReadySection> {
  requireOld(section, context);
  const schemaOf = (database: string): Promise<Schema> =>
    withDatabase(context, database, (connection) => readSchema(connection, signal), signal, 'rehearsal');
  const schema = await schemaOf(section.cell);
  requireSame(section, schema, await schemaOf(apiDatabaseId), context);
  const [cell, api] = section.units;
  if (!cell || !api) throw changed(section);
  const placeOf = (unit: typeof cell): Promise<ChunkPlace> =>
    withDatabase(
      context,
      unit.database,
      (connection) => readPlace(connection, unit, context, signal),
      signal,
      'rehearsal',
    );
  return { section, schema, inCell: await placeOf(cell), inApi: await placeOf(api) };
}

function requireOld({ before }: HistorySection, { clock }: RunContext): void {
  if (Date.parse(before) > clock.now().getTime() - youngestDays * dayMs) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('History younger than {0} days is not deleted: before is {1}.', youngestDays, before),
      l10n.t('Draft the plan again with a greater age.'),
    );
  }
}

/** What runs is what a draft of this moment would hold, whatever tables came and went since. */
function requireSame(section: HistorySection, schema: Schema, api: Schema, { cells }: RunContext): void {
  const cell = cells.find(({ uuid }) => uuid === section.cell);
  if (!cell) throw changed(section);
  const expected = unitsOf({ cell: cell.uuid, id: cell.id, schema, before: section.before }, api);
  const isSame = expected.every(([database, { name }, statements], index) => {
    const unit = section.units[index];
    return unit?.database === database && unit.schema === name && areSame(unit.statements, statements);
  });
  if (!isSame) throw changed(section);
}

function changed({ name }: HistorySection): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('The statements of the section of {0} are not what its databases ask for.', name),
    l10n.t('Draft the plan again.'),
  );
}
