import * as l10n from '@vscode/l10n';
import { identifier, literal } from '../../cleanup/literal';
import { rootOf } from '../../cleanup/tables';
import type { Connection } from '../../cloud/database/connection';
import { OperatorError } from '../../model/errors';
import type { HistorySection, HistoryUnit } from '../../model/history';
import { commit } from '../commit';
import type { RunContext } from '../context';
import type { Journal } from '../journal';
import type { SavedChunk } from '../journalLine';
import type { Witness } from '../witness';
import type { TakenChunk } from './chunk';
import { chunkFile, chunkSuffix, sha256 } from './chunkFile';

export interface SavingGround {
  readonly context: RunContext;
  readonly journal: Journal;
  readonly section: Pick<HistorySection, 'cell' | 'name'>;
}

/** The answer to a COMMIT says that nothing of the chunk stands: it may be tried again. */
export class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
}

/**
 * Ends the transaction of a chunk: the way back first, on the disk, then COMMIT, which no cancel interrupts. Gives the
 * name of the file. Rejects when it is not committed, or when nobody knows.
 */
export async function commitChunk(
  connection: Connection,
  unit: HistoryUnit,
  taken: TakenChunk,
  { context, journal, section }: SavingGround,
  of?: string,
): Promise<string> {
  const file = await chunkFile(taken.uuids, taken.pieces);
  const fragment = journal.nextFragment(unit.schema, chunkSuffix);
  const chunk: SavedChunk = {
    schema: unit.schema,
    instances: taken.uuids.length,
    rows: taken.rows,
    sha256: sha256(file),
    ...(of === undefined ? {} : { of }),
  };
  const witness = witnessOf(unit, taken.uuids, 0);
  const prepared = { database: unit.database, fragment, witness, chunk };
  await journal.prepare({ uuid: section.cell, name: section.name }, prepared, file);
  await settled(unit, { witness, fragment }, connection, context, journal);
  return fragment;
}

/** Sends COMMIT and notes what became of it. */
export async function settled(
  { database, schema }: Pick<HistoryUnit, 'database' | 'schema'>,
  { witness, fragment }: { readonly witness: Witness; readonly fragment: string },
  connection: Connection,
  context: RunContext,
  journal: Journal,
): Promise<void> {
  const { became, error } = await commit(database, witness, connection, context);
  switch (became) {
    case 'committed':
      return journal.committed(fragment);
    case 'void':
      await journal.void(fragment);
      throw new RolledBackError('the COMMIT did not take effect', { cause: error });
    case 'unknown':
      await journal.add({ event: 'unsettled', fragment });
      throw new OperatorError(
        'outcome-unknown',
        l10n.t(
          'The connection was lost during a COMMIT in {0}: it is not known whether it took effect.',
          schema,
        ),
        l10n.t(
          'When the database answers again, take the run up from the list of runs: it asks what became of it.',
        ),
        { cause: error },
      );
  }
}

/** Asks for the row of one of the instances: a chunk goes or comes back as a whole. */
export function witnessOf(
  { database, schema }: Pick<HistoryUnit, 'database' | 'schema'>,
  uuids: readonly string[],
  committed: Witness['committed'],
): Witness {
  const { table, column } = rootOf(database);
  const name = `${identifier(schema)}.${identifier(table)}`;
  const condition = `${identifier(column)} = ${literal(uuids[0] ?? '')}`;
  return { sql: `SELECT COUNT(*) AS n FROM ${name} WHERE ${condition} FOR UPDATE`, committed };
}
