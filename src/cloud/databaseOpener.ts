import { OperatorError } from '../model/errors';
import type { Logger } from '../model/ports';
import type { CloudConfiguration } from './configuration';
import type { Connection, SessionUse } from './database/connection';
import type { DatabaseAddress } from './database/databaseUrl';
import { dialDirect } from './database/dial';
import { dialThrough } from './database/dialThrough';
import { openConnection } from './database/openConnection';
import { demandOf } from './database/tls';
import { givenPassword } from './givenPassword';
import type { Passwords } from './passwords';
import type { Destination } from './ssh/resolveHop';
import type { Shells } from './ssh/shells';
import type { Tunnel } from './ssh/tunnel';

export interface DatabaseOpenerOptions {
  readonly configuration: CloudConfiguration;
  readonly passwords: Passwords;
  readonly shells: Pick<Shells, 'tunnel'>;
  readonly logger: Logger;
}

export type OpenDatabase = (
  address: DatabaseAddress,
  signal?: AbortSignal,
  use?: SessionUse,
) => Promise<Connection>;

/** Opens databases of one cloud the way its configuration says. */
export function databaseOpener(options: DatabaseOpenerOptions): OpenDatabase {
  const { configuration, passwords, logger } = options;
  const { name: cloud, database } = configuration;
  const host = tunnelHost(configuration);
  const dial = host === undefined ? dialDirect : dialThrough(host.host, () => tunnelTo(host, options));
  return async (address, signal, asked = 'changes') => {
    const use = configuration.readOnly && asked === 'changes' ? 'reading' : asked;
    const tls = demandOf(database.tls, address);
    const logIn = (login: DatabaseAddress): Promise<Connection> =>
      openConnection(login, { tls, dial, use, ...(signal ? { signal } : {}) });
    const given = address.password ?? (await givenPassword(database, address, signal));
    const login = given === undefined ? address : { ...address, password: given };
    const connection = await withPassword(login, passwords, logIn);
    const way = host === undefined ? '' : ` through ${host.host}`;
    logger.info(`${cloud}: logged in at ${connection.name}${way}${tls ? ' over TLS' : ''}`);
    if (tls?.verify === 'none') {
      logger.warn(`${cloud}: the certificate of ${connection.name} is not checked (database.tls)`);
    }
    return connection;
  };
}

/** A unix socket may let in whoever comes over it: nobody is asked before it has refused. */
async function withPassword(
  address: DatabaseAddress,
  passwords: Passwords,
  logIn: (login: DatabaseAddress) => Promise<Connection>,
): Promise<Connection> {
  if (address.password !== undefined) return logIn(address);
  if (address.socketPath !== undefined && !(await passwords.isKept(address.account))) {
    try {
      return await logIn(address);
    } catch (error) {
      if (!OperatorError.is(error, 'refused-login')) throw error;
    }
  }
  return passwords.use(address.account, (password) => logIn({ ...address, password }));
}

/** Where the SSH login goes that the databases are reached through. */
function tunnelHost({ database, controller, hosts }: CloudConfiguration): Destination | undefined {
  const host = database.sshHost ?? controller;
  if (database.via === 'direct' || host === undefined) return undefined;
  return { host, address: hosts[host] ?? host, addressIsSet: Object.hasOwn(hosts, host) };
}

async function tunnelTo(
  host: Destination,
  { configuration: { name: cloud }, shells, logger }: DatabaseOpenerOptions,
): Promise<Tunnel> {
  const tunnel = await shells.tunnel(host);
  logger.info(`${cloud}: logged in on ${host.host} (${host.address}) for the databases`);
  return tunnel;
}
