import type { Connection as Driver } from 'mysql2';
import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { Connection, Row } from './connection';
import { databaseError } from './databaseErrors';
import { ask, logIn, type ConnectOptions } from './databaseLogin';
import { DatabaseSession } from './databaseSession';
import { databaseName, type DatabaseAddress } from './databaseUrl';

/** What every statement of the product counts on, whatever the server's own defaults are. */
const settings: Readonly<Record<string, string | number>> = {
  sql_mode: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  time_zone: '+00:00',
  foreign_key_checks: 1,
  autocommit: 1,
  sql_select_limit: Number.MAX_SAFE_INTEGER,
};

/** One session of one server, as the server itself names it. */
interface Identity {
  readonly session: number;
  readonly server: string;
}

/** Logs in and prepares the session. Rejects with an OperatorError, or CancelledError. */
export async function openConnection(
  address: DatabaseAddress,
  options: ConnectOptions = {},
): Promise<Connection> {
  const { driver, socket } = await logIn(address, options);
  try {
    await setUp(driver, address);
    const identity = await identify(driver);
    return new DatabaseSession(address, driver, socket, () => killStatement(address, identity));
  } catch (error) {
    socket.destroy();
    throw databaseError(error, address);
  }
}

async function setUp(driver: Driver, address: DatabaseAddress): Promise<void> {
  const names = Object.keys(settings);
  await ask(driver, `SET SESSION ${names.map((name) => `${name} = ${literal(settings[name])}`).join(', ')}`);
  const [row]: Row[] = await ask(
    driver,
    `SELECT ${names.map((name) => `@@SESSION.${name} AS ${name}`).join(', ')}`,
  );
  const lost = names.find((name) => row?.[name] !== settings[name]);
  if (lost === undefined) return;
  throw new OperatorError(
    'bad-configuration',
    l10n.t('{0} did not take the setting {1} of the session.', databaseName(address), lost),
    l10n.t('A proxy may stand between: use the address of the server itself.'),
  );
}

async function identify(driver: Driver): Promise<Identity> {
  const [row] = await ask(
    driver,
    `SELECT CONNECTION_ID() AS session, CONCAT_WS(' ', @@hostname, @@port, @@datadir) AS server`,
  );
  return { session: Number(row?.session), server: String(row?.server) };
}

/**
 * Kills what the session is doing, from a second connection. Behind a load balancer that connection may end at
 * another server, where the same number is somebody else's session: then nothing is killed and this rejects.
 */
async function killStatement(address: DatabaseAddress, { session, server }: Identity): Promise<void> {
  const { driver, socket } = await logIn(address);
  try {
    const here = await identify(driver);
    if (here.server !== server) throw new Error(`reached ${here.server} in place of ${server}`);
    await ask(driver, `KILL QUERY ${session}`);
  } finally {
    driver.end();
    socket.end();
  }
}

function literal(value: string | number | undefined): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
