import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { messageOf } from '../../model/errors';
import { keyOf } from './knownHosts';

/** What a key file holds. `locked` needs a passphrase, and may still show its public part. */
export type KeyFile =
  | { readonly is: 'open'; readonly path: string; readonly key: ParsedKey }
  | {
      readonly is: 'locked';
      readonly path: string;
      readonly text: Buffer;
      readonly publicKey?: ParsedKey;
    }
  /** only an agent can sign for it */
  | { readonly is: 'public'; readonly path: string; readonly publicKey: ParsedKey }
  | { readonly is: 'missing' | 'broken'; readonly path: string; readonly why: string };

/** Reads a key file, and the public key beside it. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  let text: Buffer;
  try {
    text = await readFile(path);
  } catch (error) {
    // OpenSSH takes the public key alone where an agent has the private one.
    const publicKey = await readPublicKey(`${path}.pub`);
    return publicKey === undefined
      ? { is: 'missing', path, why: messageOf(error) }
      : { is: 'public', path, publicKey };
  }
  const parsed = await parse(text);
  if (!(parsed instanceof Error)) {
    return parsed.isPrivateKey()
      ? { is: 'open', path, key: parsed }
      : { is: 'public', path, publicKey: parsed };
  }
  // ssh2 tells an encrypted key from a broken one by its message alone.
  if (!/encrypted/i.test(parsed.message)) return { is: 'broken', path, why: parsed.message };
  const publicKey = (await embeddedPublicKey(text)) ?? (await readPublicKey(`${path}.pub`));
  return { is: 'locked', path, text, ...(publicKey === undefined ? {} : { publicKey }) };
}

/** The key, or undefined when the passphrase is not the right one. */
export async function unlock(text: Buffer, passphrase: string): Promise<ParsedKey | undefined> {
  const parsed = await parse(text, passphrase);
  return parsed instanceof Error || !parsed.isPrivateKey() ? undefined : parsed;
}

async function readPublicKey(path: string): Promise<ParsedKey | undefined> {
  const text = await readFile(path).catch(() => undefined);
  const parsed = text === undefined ? undefined : await parse(text);
  return parsed === undefined || parsed instanceof Error || parsed.isPrivateKey() ? undefined : parsed;
}

/** The format of OpenSSH has the public part in the clear: PROTOCOL.key of OpenSSH 9.2. */
async function embeddedPublicKey(text: Buffer): Promise<ParsedKey | undefined> {
  const [, body = ''] =
    /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)-----END/.exec(text.toString('latin1')) ?? [];
  const bytes = Buffer.from(body, 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  const field = (): Buffer => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const value = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  // cipher, function and options of the passphrase; then the number of keys
  for (let skipped = 0; skipped < 3; skipped++) field();
  at += 4;
  const key = keyOf(field());
  const parsed = key && (await parse(Buffer.from(`${key.type} ${key.blob}`)));
  return parsed === undefined || parsed instanceof Error ? undefined : parsed;
}

async function parse(text: Buffer, passphrase?: string): Promise<ParsedKey | Error> {
  const { utils } = (await import('ssh2')).default;
  try {
    // For a file with several keys it gives a list, against its types.
    const parsed: ParsedKey | Error | (ParsedKey | Error)[] = utils.parseKey(text, passphrase);
    return [parsed].flat()[0] ?? new Error('no key');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
