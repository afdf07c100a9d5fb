import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../model/errors';
import type { Logger } from '../model/ports';
import type { DatabaseId } from '../model/schema';
import { waitForCluster } from './cluster';
import { withDatabase, type Databases } from './context';
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
