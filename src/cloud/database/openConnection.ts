import type { Connection as Driver } from 'mysql2';
import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { Connection, Row, SessionUse } from './connection';
import { ask, logIn, type ConnectOptions, type Reach } from './databaseLogin';
import { DatabaseSession } from './databaseSession';
import { databaseName, type DatabaseAddress } from './databaseUrl';

/** What every statement of the product counts on, whatever the server's own defaults are. */
const settings: Readonly<Record<string, string | number>> = {
  // An id of 0 and a 31st of February come back as they were.
  sql_mode:
    'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,ALLOW_INVALID_DATES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  // A server may ignore what the client asks for at the login (skip-character-set-client-handshake).
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  time_zone: '+00:00',
  foreign_key_checks: 1,
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
  const prepare = async (driver: Driver): Promise<Identity> => {
    await setUp(driver, address, options.use ?? 'changes');
    return identify(driver);
  };
  const { driver, stream, prepared } = await logIn(address, options, prepare, options.signal);
  return new DatabaseSession(address, driver, stream, () => killStatement(address, options, prepared));
}

async function setUp(driver: Driver, address: DatabaseAddress, use: SessionUse): Promise<void> {
  const wanted = { ...settings, autocommit: use === 'rehearsal' ? 0 : 1 };
  const entries = Object.entries(wanted);
  await ask(
    driver,
    `SET SESSION ${entries.map(([name, value]) => `${name} = ${literal(value)}`).join(', ')}`,
  );
  const [row]: Row[] = await ask(
    driver,
    `SELECT ${entries.map(([name]) => `@@SESSION.${name} AS ${name}`).join(', ')}`,
  );
  const lost = entries.find(([name, value]) => inOrder(row?.[name]) !== inOrder(value));
  if (lost) throw lostSetting(address, lost[0]);
  if (use !== 'reading') return;
  await ask(driver, 'SET SESSION TRANSACTION READ ONLY');
  // tx_read_only until MySQL 8 and MariaDB 11.1, which have the other name
  const kept = await ask(
    driver,
    "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_read_only', 'transaction_read_only')",
  );
  if (kept.length === 0 || kept.some(({ Value }) => Value !== 'ON')) throw lostSetting(address, 'READ ONLY');
}

/** Servers differ in the order in which they name the modes of sql_mode. */
function inOrder(value: unknown): string {
  return String(value).split(',').sort().join();
}

function lostSetting(address: DatabaseAddress, name: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    l10n.t('{0} did not take the setting {1} of the session.', databaseName(address), name),
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
async function killStatement(
  address: DatabaseAddress,
  reach: Reach,
  { session, server }: Identity,
): Promise<void> {
  const { driver, stream } = await logIn(address, reach, async (second) => {
    const here = await identify(second);
    if (here.server !== server) throw new Error(`reached ${here.server} in place of ${server}`);
    await ask(second, `KILL QUERY ${session}`);
  });
  driver.end(() => stream.destroy());
}

function literal(value: string | number): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
