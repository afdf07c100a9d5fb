import * as l10n from '@vscode/l10n';
import { serverErrno } from '../cloud/database/databaseErrors';
import type { Connection } from '../cloud/database/connection';
import { messageOf, OperatorError } from '../model/errors';
import type { RunContext } from './context';

/** Proxies end a connection that is idle for a minute, as a rule. */
const keepAliveMs = 20_000;
/** A server that does not answer for so long holds nothing for us. */
const patienceMs = 15_000;
const farewellMs = 2_000;
/** MySQL takes names of 64 characters. */
const longestName = 64;

/** That no other run changes the cloud, as far as the server of its API database can tell. */
export interface RunLock {
  /** Rejects when the lock may be another's by now. */
  check(): Promise<void>;
}

/** Does some work while no other run, of whatever window or machine, does the like on the same cloud. */
export async function withRunLock<T>(
  context: Pick<RunContext, 'access' | 'logger'>,
  work: (lock: RunLock) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const connection = await context.access.openApi(signal);
  try {
    return (await take(connection, context, signal))
      ? await whileHeld(connection, context, work)
      : await work({ check: () => Promise.resolve() });
  } finally {
    // The server lets go of the lock now at the latest.
    await connection.close().catch(() => undefined);
  }
}

/** False when the server has no such locks. */
async function take(
  connection: Connection,
  { access, logger }: Pick<RunContext, 'access' | 'logger'>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const cloud = access.configuration.name;
  const name = nameOf(connection);
  try {
    const [row] = await connection.query('SELECT GET_LOCK(?, 0) AS taken', [name], signal);
    if (row?.taken === 1) return true;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    logger.warn(`${cloud}: runs of other windows are not kept out: ${messageOf(error)}`);
    return false;
  }
  throw await busy(connection, cloud, name);
}

async function whileHeld<T>(
  connection: Connection,
  { access, logger }: Pick<RunContext, 'access' | 'logger'>,
  work: (lock: RunLock) => Promise<T>,
): Promise<T> {
  const cloud = access.configuration.name;
  const name = nameOf(connection);
  const check = async (): Promise<void> => {
    const wait = AbortSignal.timeout(patienceMs);
    try {
      const sql = 'SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS mine';
      const [row] = await connection.query(sql, [name], wait);
      if (row?.mine !== 1) throw new Error('another connection has it');
    } catch (error) {
      logger.warn(`${cloud}: the lock of the run is lost: ${messageOf(error)}`);
      throw lost(cloud, error);
    }
  };
  const keepAlive = setInterval(() => void check().catch(() => undefined), keepAliveMs);
  try {
    return await work({ check });
  } finally {
    clearInterval(keepAlive);
    // A busy server takes its time to end a connection: the next run need not wait for that.
    await connection
      .query('SELECT RELEASE_LOCK(?)', [name], AbortSignal.timeout(farewellMs))
      .catch(() => undefined);
  }
}

/** Names of locks are the server's, not the database's. The name that the operator gave to the cloud is theirs alone. */
function nameOf({ schema }: Connection): string {
  return `openstack_zombies:${schema}`.slice(0, longestName);
}

async function busy(connection: Connection, cloud: string, name: string): Promise<OperatorError> {
  const sql = `SELECT l.id, p.USER AS user, p.HOST AS host FROM (SELECT IS_USED_LOCK(?) AS id) l
     LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.id`;
  const [holder] = await connection.query(sql, [name]).catch(() => []);
  const id = holder?.id ?? '?';
  return new OperatorError(
    'busy',
    holder?.host
      ? l10n.t(
          'Another run is changing {0}: that of {1} from {2}, connection {3} of the API database.',
          cloud,
          holder.user ?? '',
          holder.host,
          id,
        )
      : l10n.t('Another run is changing {0}: that of connection {1} of the API database.', cloud, id),
    l10n.t(
      'Wait until it has ended. If its window is gone and the connection is left over, end it with KILL {0} on that server.',
      id,
    ),
  );
}

function lost(cloud: string, cause: unknown): OperatorError {
  return new OperatorError(
    'lock-lost',
    l10n.t('Another run may be changing {0}: the connection that kept it out was lost.', cloud),
    l10n.t(
      'Look at the list of runs for what was done, scan again, and go on when no other run is under way.',
    ),
    { cause },
  );
}

/** Percona XtraDB Cluster with pxc_strict_mode takes no such locks: ER_UNKNOWN_ERROR. */
function isForbidden(error: unknown): boolean {
  return serverErrno(error) === 1105 && messageOf(error).includes('GET_LOCK');
}
