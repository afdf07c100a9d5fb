import { createHmac } from 'node:crypto';
import { matchesList } from './patterns';

/** One line of a known_hosts file: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownHost {
  readonly marker?: 'cert-authority' | 'revoked';
  /** the first field as it stands: patterns with commas between, or one hashed name */
  readonly hosts: string;
  readonly key: HostKey;
}

/** A public key of a host. `blob` is its wire form in base64. */
export interface HostKey {
  readonly type: string;
  readonly blob: string;
}

/** Reads the text of a known_hosts file. Like OpenSSH, skips what it does not understand. */
export function parseKnownHosts(text: string): KnownHost[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/[ \t]+/);
    const marker = markers.get(fields[0] ?? '');
    const [hosts = '', type = '', blob = ''] = marker === undefined ? fields : fields.slice(1);
    if (hosts === '' || /^[#@]/.test(hosts)) return [];
    const key = keyOf(Buffer.from(blob, 'base64'));
    return key?.type === type ? [{ ...(marker === undefined ? {} : { marker }), hosts, key }] : [];
  });
}

const markers: ReadonlyMap<string, 'cert-authority' | 'revoked'> = new Map([
  ['@cert-authority', 'cert-authority'],
  ['@revoked', 'revoked'],
]);

/** A key from its wire form, whose first field is its type (RFC 4253, 6.6). Undefined when that cannot be read. */
export function keyOf(blob: Buffer): HostKey | undefined {
  const length = blob.length > 4 ? blob.readUInt32BE(0) : 0;
  if (length === 0 || blob.length < 4 + length) return undefined;
  return { type: blob.toString('latin1', 4, 4 + length), blob: blob.toString('base64') };
}

/** How known_hosts names a host: the port only where it is not 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** Whether a line speaks of the host, which is named as `knownHostName` does. */
export function speaksOf({ hosts }: KnownHost, name: string): boolean {
  if (!/[|,*?!]/.test(hosts)) return hosts.toLowerCase() === name;
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(hosts) ?? [];
  if (salt !== undefined && hash !== undefined) {
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
  }
  return matchesList(name, hosts.toLowerCase());
}
