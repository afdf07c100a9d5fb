import type { Connection as Driver } from 'mysql2';
import { connect, type Socket } from 'node:net';
import { CancelledError } from '../../model/errors';
import { readCell } from './cells';
import type { Row } from './connection';
import { databaseError } from './databaseErrors';
import type { DatabaseAddress } from './databaseUrl';

export interface ConnectOptions {
  readonly signal?: AbortSignal;
  /** until the server has let us in; default 10 s */
  readonly timeoutMs?: number;
}

/** A connection of mysql2, and its socket, which alone can end it at once. */
export interface DatabaseLink {
  readonly driver: Driver;
  readonly socket: Socket;
}

/** Connects and logs in. Rejects with an OperatorError, or CancelledError. */
export async function logIn(address: DatabaseAddress, options: ConnectOptions = {}): Promise<DatabaseLink> {
  const { signal, timeoutMs = 10_000 } = options;
  const { createConnection } = await import('mysql2');
  if (signal?.aborted) throw new CancelledError();
  const socket = openSocket(address);
  const driver = createConnection({
    stream: socket,
    host: address.host,
    user: address.user,
    ...(address.password === undefined ? {} : { password: address.password }),
    database: address.schema,
    charset: 'utf8mb4',
    connectTimeout: timeoutMs,
    dateStrings: true,
    supportBigNumbers: true,
    timezone: 'Z',
    stringifyObjects: true,
    multipleStatements: false,
    // A server must not be able to ask for files of this machine.
    flags: ['-LOCAL_FILES'],
  });
  // Every error reaches the callback of its statement; an event that nobody hears would end the process.
  driver.on('error', () => undefined);
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      driver.connect((error) => (error ? reject(error) : resolve()));
    });
    return { driver, socket };
  } catch (error) {
    socket.destroy();
    if (signal?.aborted) throw new CancelledError();
    throw databaseError(error, address);
  } finally {
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

function openSocket({ host, port, socketPath }: DatabaseAddress): Socket {
  const socket = socketPath === undefined ? connect({ host, port }) : connect(socketPath);
  return socket.setNoDelay(true).setKeepAlive(true, 30_000);
}
