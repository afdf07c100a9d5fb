import type { Connection } from '../cloud/database/connection';
import { sideBySide } from './sideBySide';

/** One statement of the survey of a cell, with what takes in its rows. Each may run on any connection to the cell. */
export type CellRead = (connection: Connection, signal?: AbortSignal) => Promise<void>;

/** Works the reads off, one at a time on each connection. The first read gets the first connection. */
export async function readAll(
  connections: readonly Connection[],
  reads: readonly CellRead[],
  signal?: AbortSignal,
): Promise<void> {
  const free = [...connections];
  await sideBySide(reads, connections.length, async (read) => {
    const connection = free.shift();
    if (!connection) throw new TypeError('more reads than connections');
    await read(connection, signal);
    free.push(connection);
  });
}
