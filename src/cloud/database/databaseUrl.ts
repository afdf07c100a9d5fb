import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { tlsOfArguments, type TlsDemand } from './tlsArguments';

/** Where a schema is and who logs in. `password` is a secret: it goes to the server and nowhere else. */
export interface DatabaseAddress {
  readonly user: string;
  readonly password?: string;
  readonly host: string;
  readonly port: number;
  /** path of a unix socket, in place of host and port */
  readonly socketPath?: string;
  readonly schema: string;
  /** what the ssl arguments of the URL ask for */
  readonly tls?: TlsDemand;
  /** `user@host:port`, what a password opens */
  readonly account: string;
}

const shape =
  /^(?<scheme>[\w+]+):\/\/(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?(?:\[(?<ipv6>[^\]/?]+)\]|(?<name>[^/:?@[\]]*))(?::(?<port>[^/?]*))?(?:\/(?<schema>[^?]*))?(?:\?(?<query>.*))?$/s;

/** Keys of a templated `database_connection`: nova/objects/cell_mapping.py, CellMapping._format_url. */
const template = /\{(?:scheme|username\d*|password\d*|hostname\d*|port\d*|path|query|fragment)\}/;

/** True for a URL with places that Nova fills in from its own configuration. */
export function isTemplate(url: string): boolean {
  return template.test(url);
}

/**
 * Reads a database URL in the form that SQLAlchemy takes: `mysql+pymysql://user:p%40ss@host:port/schema?charset=utf8`.
 * Throws `bad-configuration`; no message holds any part of the URL, as any part may be the password.
 * @param origin the setting that holds the URL, or would replace it, for the message
 */
export function parseDatabaseUrl(text: string, origin = 'apiDatabase'): DatabaseAddress {
  if (isTemplate(text)) {
    throw badUrl(
      l10n.t('The database URL is a template that Nova fills in from its own configuration file.'),
      l10n.t('Set {0} to the full URL, without its password.', origin),
    );
  }
  const {
    scheme = '',
    user = '',
    password,
    ipv6,
    name = '',
    port = '',
    schema = '',
    query = '',
  } = shape.exec(text)?.groups ?? {};
  if (!/^(?:mysql|mariadb)(?:\+\w+)?$/.test(scheme)) throw badShape(origin);
  if (user === '' || schema === '' || !/^\d*$/.test(port)) throw badShape(origin);
  const number = port === '' ? 3306 : Number(port);
  const options = new URLSearchParams(query);
  const tls = tlsOfArguments(options);
  const socketPath = options.get('unix_socket') ?? undefined;
  const host = ipv6 ?? (name === '' ? 'localhost' : name);
  if (number < 1 || number > 65535 || (name === '' && ipv6 === undefined && socketPath === undefined)) {
    throw badShape(origin);
  }
  return {
    user: unquote(user),
    ...passwordOf(password, options),
    host,
    port: number,
    ...(socketPath === undefined ? {} : { socketPath }),
    schema: unquote(schema),
    ...(tls === undefined ? {} : { tls }),
    account: `${unquote(user)}@${socketPath ?? `${ipv6 === undefined ? host : `[${ipv6}]`}:${number}`}`,
  };
}

/** What a connection is called: `user@host:port/schema`. */
export function databaseName({ account, schema }: DatabaseAddress): string {
  return `${account}/${schema}`;
}

/** PyMySQL takes a password among the query arguments as well (sqlalchemy/dialects/mysql/mysqldb.py). */
function passwordOf(written = '', options: URLSearchParams): { password?: string } {
  const password = [unquote(written), options.get('password'), options.get('passwd')].find(Boolean);
  return password ? { password } : {};
}

/** Python's unquote: what is no valid escape stays as it is. */
function unquote(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function badShape(origin: string): OperatorError {
  return badUrl(
    l10n.t('The database URL cannot be read.'),
    l10n.t('Write {0} as mysql://user@host:port/schema.', origin),
  );
}

function badUrl(message: string, action: string): OperatorError {
  return new OperatorError('bad-configuration', message, action);
}
