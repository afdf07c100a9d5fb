import type { HistorySection } from '../../model/history';
import { apiDatabaseId } from '../../model/schema';
import type { RunContext } from '../context';
import type { FlowControl } from '../flowControl';
import type { Journal } from '../journal';
import type { RunLock } from '../runLock';
import { nextCandidates, type IdRange } from './candidates';
import { ChunkTooLargeError, takeChunk, type ChunkPlace } from './chunk';
import { commitChunk, type SavingGround } from './commitChunk';
import type { HeldBack } from './heldBack';
import { Behind } from './behind';
import { Pace } from './pace';
import type { ReadySection } from './ready';
import { Link, withTries } from './tries';
import { rollBack } from '../transaction';

export interface HistoryGround {
  readonly context: RunContext;
  readonly journal: Journal;
  readonly lock: RunLock;
  readonly flow: FlowControl;
  readonly held: HeldBack;
  /** hears what was done of a cell, after each transaction */
  done(cell: string, of: Done): void;
}

/** What one transaction deleted. */
export interface Done {
  readonly schema: string;
  readonly instances: number;
  readonly tables: ReadonlyMap<string, number>;
}

/** Whose rows one transaction deleted, and the file with its way back. */
interface Deleted {
  readonly uuids: readonly string[];
  readonly file: string;
}

/** Deletes the history of a range of ids, chunk by chunk, on connections of its own. */
export async function workThrough(
  ready: ReadySection,
  range: IdRange,
  ground: HistoryGround,
  signal: AbortSignal,
): Promise<void> {
  const { section, schema, inCell, inApi } = ready;
  const { context, flow, lock, held } = ground;
  const links = { cell: new Link(context, section.cell), api: new Link(context, apiDatabaseId) };
  const pace = new Pace(section.chunk);
  const { cell, before } = section;
  const search = { schema, cell, before, unreadHosts: held.unreadHosts };
  // The mappings of a chunk are deleted while the cell is at the next one.
  const mappings = new Behind();
  const mappingsOf =
    ({ uuids, file }: Deleted) =>
    () =>
      transaction(inApi, section, links.api, uuids, ground, undefined, file);
  try {
    for (let from = range.from; ;) {
      signal.throwIfAborted();
      await flow.ease(cell, signal);
      await lock.check();
      const began = performance.now();
      const found = await withTries(
        links.cell,
        context,
        (connection) => nextCandidates(connection, search, { from, to: range.to }, pace.size, signal),
        signal,
      );
      const last = found.at(-1);
      if (!last) break;
      const going = found.filter((row) => held.reason(row) === undefined).map(({ uuid }) => uuid);
      if (going.length > 0) {
        let done: Deleted | undefined;
        try {
          done = await transaction(inCell, section, links.cell, going, ground, signal);
        } catch (error) {
          if (error instanceof ChunkTooLargeError && pace.tooLarge(found.length)) continue;
          throw error;
        }
        pace.took(found.length, performance.now() - began);
        // What the cell lacks by now is mapped by nothing: this half is done whatever is cancelled.
        if (done) await mappings.next(mappingsOf(done));
      }
      from = last.id + 1;
    }
  } finally {
    await mappings.ended().finally(() => Promise.all([links.cell.close(), links.api.close()]));
  }
}

/** One transaction of a chunk; undefined when none of the instances is still as reviewed. */
export async function transaction(
  place: ChunkPlace,
  section: Pick<HistorySection, 'cell' | 'name'>,
  link: Link,
  uuids: readonly string[],
  ground: Pick<HistoryGround, 'context' | 'journal' | 'done'>,
  signal?: AbortSignal,
  of?: string,
): Promise<Deleted | undefined> {
  const { context, journal } = ground;
  const saving: SavingGround = { context, journal, section };
  const { unit } = place;
  return withTries(
    link,
    context,
    async (connection) => {
      const taken = await takeChunk(connection, place, uuids, signal);
      if (taken.rows === 0) {
        await rollBack(connection, context.logger);
        return undefined;
      }
      const file = await commitChunk(connection, unit, taken, saving, of);
      const { schema, database } = unit;
      const instances = database === apiDatabaseId ? 0 : taken.uuids.length;
      ground.done(section.cell, { schema, instances, tables: taken.tables });
      return { uuids: taken.uuids, file };
    },
    signal,
  );
}
