/** How far the server has to prove who it is: not at all, that an authority vouches for it, or for its very name. */
export type TlsProof = 'none' | 'ca' | 'identity';

/** What one connection asks of TLS. Files are PEM. */
export interface TlsDemand {
  readonly verify: TlsProof;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** mysqlclient's modes. PREFERRED may be talked out of TLS, so it is not taken at its word. */
const proofByMode: Readonly<Record<string, TlsProof>> = {
  PREFERRED: 'none',
  REQUIRED: 'none',
  VERIFY_CA: 'ca',
  VERIFY_IDENTITY: 'identity',
};

/** Arguments that turn TLS on: SQLAlchemy's dialects/mysql/mysqldb.py, PyMySQL's connections.py. */
const asking = [
  ...['ssl_ca', 'ssl_capath', 'ssl_cert', 'ssl_key', 'ssl_cipher'],
  ...['ssl_check_hostname', 'ssl_verify_cert', 'ssl_verify_identity'],
];

/**
 * What the ssl arguments of a SQLAlchemy URL ask for; undefined when they ask for nothing. As in SQLAlchemy, naming
 * an authority means the check of the name as well. What cannot be understood is read as the strictest.
 */
export function tlsOfArguments(options: URLSearchParams): TlsDemand | undefined {
  const mode = options.get('ssl_mode')?.toUpperCase();
  const asked = asking.some((name) => options.has(name)) || (flag(options, 'ssl') ?? false);
  if (mode === 'DISABLED' || (mode === undefined && !asked)) return undefined;
  const verify = mode === undefined ? proofOf(options) : (proofByMode[mode] ?? 'identity');
  return { verify, ...file(options, 'ca'), ...file(options, 'cert'), ...file(options, 'key') };
}

function proofOf(options: URLSearchParams): TlsProof {
  const named = flag(options, 'ssl_verify_identity') ?? flag(options, 'ssl_check_hostname');
  if (named === true) return 'identity';
  const vouched = flag(options, 'ssl_verify_cert') ?? (options.has('ssl_ca') || options.has('ssl_capath'));
  if (!vouched) return 'none';
  return named === false ? 'ca' : 'identity';
}

function flag(options: URLSearchParams, name: string): boolean | undefined {
  const value = options.get(name)?.toLowerCase();
  return value === undefined ? undefined : !['', '0', 'false', 'no', 'off', 'none', 'f', 'n'].includes(value);
}

function file(options: URLSearchParams, name: 'ca' | 'cert' | 'key'): Partial<TlsDemand> {
  const path = options.get(`ssl_${name}`);
  return path ? { [name]: path } : {};
}
