import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../model/errors';
import type { Logger } from '../model/ports';
import type { DatabaseId } from '../model/schema';
import type { Connection } from '../cloud/database/connection';
import { withDatabase, type Databases } from './context';
import { isUnknownVariable } from './serverErrors';
import { isCommitted, type Witness } from './witness';

const pauses = [0, 500, 2000] as const;

/**
 * Asks the server, on a new connection, what became of a transaction whose COMMIT was not answered.
 * `unknown`: the server does not answer, another session holds the rows, or the change left nothing to ask for.
 */
export async function settle(
  databases: Databases,
  database: DatabaseId,
  witness: Witness | undefined,
  logger: Logger,
): Promise<'committed' | 'void' | 'unknown'> {
  if (!witness) {
    return 'unknown';
  }
  for (const pause of pauses) {
    await sleep(pause);
    try {
      const committed = await withDatabase(databases, database, async (connection) => {
        await waitForCluster(connection);
        return isCommitted(connection, witness);
      });
      return committed ? 'committed' : 'void';
    } catch (error) {
      logger.warn(`asking what became of a COMMIT failed: ${messageOf(error)}`);
    }
  }
  return 'unknown';
}

/**
 * The new connection may end at another node of a Galera cluster, where what was committed may not have arrived: with
 * this setting a node applies all that the cluster has before it reads or changes anything.
 */
export async function waitForCluster(connection: Connection): Promise<void> {
  try {
    await connection.change('SET SESSION wsrep_sync_wait = 7');
  } catch (error) {
    if (!isUnknownVariable(error)) {
      throw error;
    }
  }
}
