import type { Connection } from '../cloud/database/connection';
import { requireFresh } from './replica';

/**
 * Opens a connection on which everything is read as of one moment, and nothing can be changed. Rejects where that moment
 * is too long ago: at a replica that is behind.
 */
export async function openSnapshot(
  open: () => Promise<Connection>,
  signal?: AbortSignal,
): Promise<Connection> {
  const connection = await open();
  try {
    await connection.change('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ', signal);
    await connection.change('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY', signal);
    await requireFresh(connection, signal);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Reads in one snapshot and closes the connection, whatever happens. */
export async function inSnapshot<T>(
  open: () => Promise<Connection>,
  read: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const connection = await openSnapshot(open, signal);
  try {
    return await read(connection);
  } finally {
    await connection.close();
  }
}
