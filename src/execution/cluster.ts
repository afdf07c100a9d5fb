import type { CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { isUnknownVariable } from './serverErrors';

/**
 * The doors of a cloud whose databases never answer with an old state: behind a proxy each connection may end at
 * another node of a Galera cluster, where what the last one committed may not have arrived.
 */
export function caughtUp(access: CloudAccess): CloudAccess {
  return {
    ...access,
    openApi: async (signal, use) => afterWaiting(await access.openApi(signal, use)),
    openCell: async (cell, signal, use) => afterWaiting(await access.openCell(cell, signal, use)),
    openPlacement: async (signal) => afterWaiting(await access.openPlacement(signal)),
  };
}

/** With this setting a node applies all that its cluster has before it reads or changes anything. */
export async function waitForCluster(connection: Connection): Promise<void> {
  try {
    await connection.change('SET SESSION wsrep_sync_wait = 7');
  } catch (error) {
    if (!isUnknownVariable(error)) {
      throw error;
    }
  }
}

/** The values of some of Galera's settings or states; of a server without a cluster there are none. */
export async function clusterFacts(
  connection: Connection,
  what: 'STATUS' | 'VARIABLES',
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const list = names.map((name) => `'${name}'`).join(', ');
  const rows = await connection.query(`SHOW GLOBAL ${what} WHERE Variable_name IN (${list})`);
  return new Map(rows.map(({ Variable_name, Value }) => [String(Variable_name), String(Value)]));
}

async function afterWaiting(connection: Connection): Promise<Connection> {
  try {
    // A node that has lost the others refuses even this, and says so; what waits for them there only times out.
    await connection.change('ROLLBACK');
    await waitForCluster(connection);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}
