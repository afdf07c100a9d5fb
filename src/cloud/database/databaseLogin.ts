import type { Connection as Driver, ConnectionOptions } from 'mysql2';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { CancelledError } from '../../model/errors';
import { readCell } from './cells';
import type { Row, SessionUse } from './connection';
import { databaseError } from './databaseErrors';
import type { DatabaseAddress } from './databaseUrl';
import { dialDirect, type Dial } from './dial';
import { loadTls } from './tls';
import type { TlsDemand } from './tlsArguments';
import { rejectionOf } from './tlsErrors';

/** How a server is reached. */
export interface Reach {
  /** from the first byte until the session is prepared; default 10 s */
  readonly timeoutMs?: number;
  /** default: from this machine */
  readonly dial?: Dial;
  /** default: what the URL of the address asks for */
  readonly tls?: TlsDemand | undefined;
}

export interface ConnectOptions extends Reach {
  /** default: changes */
  readonly use?: SessionUse;
  readonly signal?: AbortSignal;
}

/** A connection of mysql2, its stream, which alone can end it at once, and what was prepared on it. */
export interface DatabaseLink<T> {
  readonly driver: Driver;
  readonly stream: Duplex;
  readonly prepared: T;
}

/** Connects, logs in and prepares. Rejects with an OperatorError, or CancelledError, and then leaves nothing open. */
export async function logIn<T>(
  address: DatabaseAddress,
  reach: Reach,
  prepare: (driver: Driver) => Promise<T>,
  signal?: AbortSignal,
): Promise<DatabaseLink<T>> {
  const { timeoutMs = 10_000, dial = dialDirect } = reach;
  const { createConnection } = await import('mysql2');
  const tls = 'tls' in reach ? reach.tls : address.tls;
  const settings = await driverSettings(address, tls);
  if (signal?.aborted) throw new CancelledError();
  const stream = nameFor(await dial(address, signal), address);
  let late = false;
  const abort = (): void => void stream.destroy();
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  const driver = createConnection({ ...settings, stream });
  // Every error reaches the callback of its statement; an event that nobody hears would end the process.
  driver.on('error', () => undefined);
  try {
    if (signal?.aborted) throw new CancelledError();
    await new Promise<void>((resolve, reject) => {
      driver.connect((error) => (error ? reject(error) : resolve()));
    });
    return { driver, stream, prepared: await prepare(driver) };
  } catch (error) {
    stream.destroy();
    if (signal?.aborted) throw new CancelledError();
    if (late) throw databaseError(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }), address);
    const verified = tls !== undefined && tls.verify !== 'none';
    throw databaseError(error, address, verified ? rejectionOf(driver) : undefined);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** One statement outside of a session's queue. */
export function ask(driver: Driver, sql: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    driver.query({ sql, typeCast: readCell }, (error, rows) =>
      error ? reject(error) : resolve(rows as Row[]),
    );
  });
}

async function driverSettings(
  address: DatabaseAddress,
  tls: TlsDemand | undefined,
): Promise<ConnectionOptions> {
  return {
    host: address.host,
    // Never dialled, as there is a stream: it tells that passwords need no encryption of their own.
    ...(address.socketPath === undefined ? {} : { socketPath: address.socketPath }),
    user: address.user,
    ...(address.password === undefined ? {} : { password: address.password }),
    database: address.schema,
    charset: 'utf8mb4',
    // Our own timer covers it, and the preparation too.
    connectTimeout: 0,
    dateStrings: true,
    supportBigNumbers: true,
    timezone: 'Z',
    stringifyObjects: true,
    multipleStatements: false,
    // A server must not be able to ask for files of this machine.
    flags: ['-LOCAL_FILES'],
    ...(tls === undefined ? {} : { ssl: await loadTls(tls) }),
  };
}

/**
 * Where the server is known by a bare address, mysql2 names none to Node, which then takes the stream's `_host`, and
 * without that `localhost`, for the name that the certificate must have (lib/_tls_wrap.js, onConnectSecure).
 */
function nameFor(stream: Duplex, { host }: DatabaseAddress): Duplex {
  return isIP(host) === 0 ? stream : Object.assign(stream, { _host: host });
}
