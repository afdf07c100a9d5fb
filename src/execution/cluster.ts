import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { readReplication } from '../cloud/database/replication';
import { OperatorError } from '../model/errors';
import { isUnknownVariable } from './serverErrors';

/**
 * The doors of a cloud whose databases never answer with an old state: behind a proxy each connection may end at
 * another node of a Galera cluster, where what the last one committed may not have arrived. A replica's never open.
 */
export function caughtUp(access: CloudAccess): CloudAccess {
  return {
    ...access,
    openApi: async (signal, use) => afterWaiting(await access.openApi(signal, use), refuseReplica),
    openCell: async (cell, signal, use) =>
      afterWaiting(await access.openCell(cell, signal, use), refuseReplica),
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

/** What is changed at a replica is nowhere else, and stops its replication sooner or later. */
async function refuseReplica(connection: Connection): Promise<void> {
  const { readOnly, channels = [] } = await readReplication(connection);
  if (!readOnly && channels.length === 0) return;
  throw new OperatorError(
    'read-only',
    readOnly
      ? l10n.t(
          '{0} is read-only (read_only): a replica, or a server that takes no changes now.',
          connection.name,
        )
      : l10n.t('{0} is a replica of another server.', connection.name),
    l10n.t('Nothing was changed. Scan, draft and run by way of the primary: see docs/connecting.md.'),
  );
}

async function afterWaiting(
  connection: Connection,
  demand: (connection: Connection) => Promise<void> = () => Promise.resolve(),
): Promise<Connection> {
  try {
    // A node that has lost the others refuses even this, and says so; what waits for them there only times out.
    await connection.change('ROLLBACK');
    await waitForCluster(connection);
    await demand(connection);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}
