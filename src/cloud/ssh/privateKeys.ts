import * as l10n from '@vscode/l10n';
import type { ParsedKey } from 'ssh2';
import { OperatorError } from '../../model/errors';
import type { Passwords } from '../passwords';
import { readKeyFile, unlock, type KeyFile } from './privateKeyFile';

export type LockedKey = Extract<KeyFile, { is: 'locked' }>;

/** The key files of one cloud's logins. A passphrase is asked for once, however many hosts need the key. */
export class PrivateKeys {
  private readonly unlocked = new Map<string, { readonly text: Buffer; readonly key: ParsedKey }>();
  private readonly unlocking = new Map<string, Promise<void>>();

  constructor(private readonly passwords: Passwords) {}

  /** Reads a key file; one that was unlocked before is open. */
  async read(path: string): Promise<KeyFile> {
    const file = await readKeyFile(path);
    const known = this.unlocked.get(path);
    return file.is === 'locked' && known?.text.equals(file.text) === true
      ? { is: 'open', path, key: known.key }
      : file;
  }

  /**
   * Asks for the passphrase, unless it is kept. Rejects with `refused-login` when it is wrong twice. Trying one takes
   * the better part of a second, in which nothing else happens: whoever needs the same key shares the attempt.
   */
  async unlock(file: LockedKey): Promise<void> {
    const id = `${file.path} ${file.text.toString('latin1')}`;
    let unlocking = this.unlocking.get(id);
    if (unlocking === undefined) {
      unlocking = this.unlockOnce(file).finally(() => this.unlocking.delete(id));
      this.unlocking.set(id, unlocking);
    }
    return unlocking;
  }

  private async unlockOnce({ path, text }: LockedKey): Promise<void> {
    // Somebody else may have done it since the file was read.
    if (this.unlocked.get(path)?.text.equals(text)) return;
    const key = await this.passwords.use(
      path,
      (passphrase) => openWith(path, text, passphrase),
      'passphrase',
    );
    this.unlocked.set(path, { text, key });
  }
}

async function openWith(path: string, text: Buffer, passphrase: string): Promise<ParsedKey> {
  const key = await unlock(text, passphrase);
  if (key !== undefined) return key;
  throw new OperatorError(
    'refused-login',
    l10n.t('The passphrase does not open the private key {0}.', path),
    l10n.t('Try again, or add the key to an SSH agent (ssh-add).'),
  );
}
