import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { parseDatabaseUrl, type DatabaseAddress } from '../database/databaseUrl';

/** A database URL in pieces, as it was written: escapes are kept. Only `password` is a secret. */
export interface UrlParts {
  readonly scheme: string;
  readonly username?: string;
  readonly password?: string;
  readonly hostname?: string;
  readonly port?: string;
  /** without the slash before it */
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const shape =
  /^(?<scheme>[A-Za-z][\w+.-]*):(?:\/\/(?<netloc>[^/?#]*))?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/s;

/**
 * Takes a URL apart as Python's urllib.parse.urlparse does for nova/objects/cell_mapping.py (2024.2),
 * CellMapping._format_url: the host name in lower case and without brackets. Undefined for what is no URL, or has a port
 * that is no number: a password with a "/" that is not escaped looks like one.
 */
export function urlParts(url: string): UrlParts | undefined {
  const { scheme, netloc = '', path = '', query = '', fragment = '' } = shape.exec(url)?.groups ?? {};
  if (scheme === undefined) return undefined;
  const at = netloc.lastIndexOf('@');
  const [, username, password] = /^([^:]*)(?::(.*))?$/s.exec(netloc.slice(0, Math.max(at, 0))) ?? [];
  const [, ipv6, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(netloc.slice(at + 1)) ?? [];
  if (port && !(/^\d+$/.test(port) && Number(port) <= 65535)) return undefined;
  const hostname = (ipv6 ?? name ?? '').toLowerCase();
  const plain = withoutPasswords(query);
  const secret = password ?? plain.password;
  return {
    scheme: scheme.toLowerCase(),
    ...(at < 0 || username === undefined ? {} : { username }),
    ...(secret === undefined ? {} : { password: secret }),
    ...(hostname === '' ? {} : { hostname }),
    ...(port ? { port } : {}),
    path: path.replace(/^\/+/, ''),
    query: plain.query,
    fragment,
  };
}

/** PyMySQL takes a password among the query arguments too: it must not hide in `query`. */
function withoutPasswords(query: string): { query: string; password?: string } {
  const pairs = query.split('&');
  const secret = pairs.map((pair) => /^passw(?:or)?d=(.*)$/s.exec(pair)?.[1]).find(Boolean);
  const kept = pairs.filter((pair) => !/^passw(?:or)?d=/.test(pair)).join('&');
  return { query: kept, ...(secret === undefined ? {} : { password: secret }) };
}

/**
 * The address of a cell, whose `cell_mappings.database_connection` may be a template. Nova fills it with the pieces of
 * its own `[database] connection` by Python's str.format, and takes the URL as it is when that fails
 * (nova/objects/cell_mapping.py, 2024.2, CellMapping.format_db_url). Throws `bad-configuration`.
 * @param origin the setting that would replace the URL, for the message
 */
export function cellAddress(template: string, parts: UrlParts | undefined, origin: string): DatabaseAddress {
  if (parts === undefined) return parseDatabaseUrl(template, origin);
  const missing = new Set<string>();
  const filled = format(template, (name) => {
    const value = valueOf(parts, name);
    if (value === undefined && isPiece(name)) missing.add(name);
    return value;
  });
  if (missing.size === 0) return parseDatabaseUrl(filled ?? template, origin);
  throw new OperatorError(
    'bad-configuration',
    l10n.t(
      'The URL of the cell is a template, and [database] connection of the controller has no {0}.',
      [...missing].join(', '),
    ),
    l10n.t('Set {0} to the full URL, without its password.', origin),
  );
}

const pieces = ['scheme', 'username', 'password', 'hostname', 'port', 'path', 'query', 'fragment'] as const;
type Piece = (typeof pieces)[number];

function isPiece(name: string): name is Piece {
  return (pieces as readonly string[]).includes(name);
}

function valueOf(parts: UrlParts, name: string): string | undefined {
  return isPiece(name) ? parts[name] : undefined;
}

/** Python's str.format for plain names; undefined where it would raise an error. */
function format(template: string, lookUp: (name: string) => string | undefined): string | undefined {
  let failed = false;
  const text = template.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (whole, name?: string) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    const value = name === undefined ? undefined : lookUp(name);
    failed ||= value === undefined;
    return value ?? whole;
  });
  return failed ? undefined : text;
}
