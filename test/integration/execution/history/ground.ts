import { randomUUID } from 'node:crypto';
import { historyDocument, type HistoryOfCell } from '../../../../src/cleanup/history/draft';
import { readSchema } from '../../../../src/evidence/schema';
import { withDatabase, type RunContext } from '../../../../src/execution/context';
import type { HeldBack } from '../../../../src/execution/history/heldBack';
import type { Schema } from '../../../../src/model/schema';
import { bulkHistory } from '../../../cloud/bulkHistory';
import { startCloud, type DemoCloud } from '../../../cloud/demoCloud';
import { cellIn, cloudName, contextOn } from '../bench';

export const schema = 'nova_cell1';
/** Ids of the planted history begin behind it: nothing else of the demo cloud is there. */
export const afterId = 1_000_000;

export interface HistoryGround {
  readonly cloud: DemoCloud;
  readonly context: RunContext;
  readonly cell: string;
}

export const nothingHeld: HeldBack = { reason: () => undefined, unreadHosts: [] };

/** A demo cloud without hosts, in whose first cell much was deleted long ago. */
export async function groundWith(name: string, instances: number): Promise<HistoryGround> {
  const cloud = await startCloud({ name, hosts: false });
  return { cloud, ...(await plantedIn(cloud, instances)) };
}

export async function plantedIn(
  cloud: DemoCloud,
  instances: number,
): Promise<Pick<HistoryGround, 'context' | 'cell'>> {
  const bare = await contextOn(cloud);
  const context: RunContext = { ...bare, holdBack: () => Promise.resolve(nothingHeld) };
  const cell = cellIn(context, schema);
  const cellId = context.cells.find(({ uuid }) => uuid === cell)?.id ?? 0;
  await cloud.sql(
    bulkHistory({ schema, api: 'nova_api', cellId, instances, after: afterId, host: 'compute-01' }),
    schema,
  );
  return { context, cell };
}

/** The plan of what was planted, as a draft makes it. */
export async function planOf(
  { context, cell }: Pick<HistoryGround, 'context' | 'cell'>,
  changes: Partial<HistoryOfCell> = {},
): Promise<string> {
  const read = (database: string): Promise<Schema> => withDatabase(context, database, readSchema);
  const { id = 0, name = '' } = context.cells.find(({ uuid }) => uuid === cell) ?? {};
  const now = context.clock.now();
  const history: HistoryOfCell = {
    ...{
      cell,
      id,
      name,
      schema: await read(cell),
      from: afterId,
      to: afterId + 1_000_000,
      instances: 1,
      kept: [],
    },
    before: `${new Date(now.getTime() - 90 * 86_400_000).toISOString().slice(0, 19)}Z`,
    ...changes,
  };
  const header = {
    ...{ cloud: cloudName, cells: context.cells.map(({ uuid }) => uuid), id: randomUUID() },
    ...{ drafted: now.toISOString(), scanned: now.toISOString() },
  };
  return historyDocument(header, await read('api'), [history]);
}
