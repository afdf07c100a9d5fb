import { createHash } from 'node:crypto';
import { knownHostName, speaksOf, type HostKey, type KnownHost } from './knownHosts';

/** Where the keys that the operator trusted are remembered. A key is `type base64`, as in known_hosts. */
export interface HostKeyStore {
  get(name: string): readonly string[];
  add(name: string, key: string): PromiseLike<void>;
}

/** A host under the names by which known_hosts may have it. */
export interface NamedHost {
  /** Nova's name of it */
  readonly host: string;
  /** what is connected to */
  readonly address: string;
  readonly port: number;
  /** in place of all other names: HostKeyAlias in ssh_config(5) */
  readonly alias?: string;
}

export type KeyVerdict =
  | { readonly is: 'known' | 'unknown' | 'revoked' | 'behind-authority' }
  | { readonly is: 'changed'; readonly known: readonly HostKey[] };

/** `SHA256:...`, as ssh-keygen -l prints it. */
export function fingerprint({ blob }: HostKey): string {
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** What is known of a host before it shows its key. */
export interface KnownKeys {
  /** lines of known_hosts that speak of the host, by its name or its address, on its port */
  readonly lines: readonly KnownHost[];
  /** lines that speak of it on port 22, when its port is another: as ssh(1) does, they can vouch for a key */
  readonly plainLines: readonly KnownHost[];
  /** what the operator trusted */
  readonly trusted: readonly HostKey[];
}

/**
 * Judges the key that a host shows. A host of which any other key is known has changed, whatever the type: the
 * types that are known were asked for first, so a host that still has them would have shown one.
 */
export function judgeKey(key: HostKey, { lines, plainLines, trusted }: KnownKeys): KeyVerdict {
  const same = (other: HostKey): boolean => other.blob === key.blob;
  const revoked = [...lines, ...plainLines].filter(({ marker }) => marker === 'revoked');
  if (revoked.some((line) => same(line.key))) return { is: 'revoked' };
  const known = [...trusted, ...plainKeys(lines)];
  if (known.some(same)) return { is: 'known' };
  if (known.length > 0) return { is: 'changed', known };
  if (plainKeys(plainLines).some(same)) return { is: 'known' };
  return { is: lines.some(({ marker }) => marker === 'cert-authority') ? 'behind-authority' : 'unknown' };
}

export function knownKeys(
  file: readonly KnownHost[],
  host: NamedHost,
  trusted: readonly HostKey[],
): KnownKeys {
  const { alias, port } = host;
  const speaking = (names: readonly string[]): KnownHost[] =>
    file.filter((line) => names.some((name) => speaksOf(line, name)));
  // An alias stands for the host on whatever port: get_hostfile_hostname_ipaddr() in sshconnect.c, OpenSSH 9.2.
  if (alias !== undefined) return { lines: speaking([alias.toLowerCase()]), plainLines: [], trusted };
  const at = (where: number): KnownHost[] =>
    speaking([knownHostName(host.host, where), knownHostName(host.address, where)]);
  return { lines: at(port), plainLines: port === 22 ? [] : at(22), trusted };
}

function plainKeys(lines: readonly KnownHost[]): HostKey[] {
  return lines.filter(({ marker }) => marker === undefined).map(({ key }) => key);
}

const byType: Readonly<Record<string, readonly HostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  // RFC 8332: one type of key, three signature algorithms
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

export type HostKeyAlgorithm =
  | 'ssh-ed25519'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'
  | 'rsa-sha2-512'
  | 'rsa-sha2-256'
  | 'ssh-rsa';

/** What to ask the server for: the known types first, so that a host with several keys is not taken for unknown. */
export function preferredAlgorithms({ lines, plainLines, trusted }: KnownKeys): HostKeyAlgorithm[] {
  const known = [...trusted, ...plainKeys(lines), ...plainKeys(plainLines)].map(({ type }) => type);
  const types = [...known, ...Object.keys(byType)];
  return [...new Set(types.flatMap((type) => byType[type] ?? []))];
}
