import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { must } from '../../../cloud/run';

/** An account of this machine that is not root, for as long as a test needs it. */
export interface SudoUser {
  readonly name: string;
  readonly password: string;
  /** Puts these lines into a file of /etc/sudoers.d; `USER` in them is the account. */
  allow(...lines: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

export async function addUser(): Promise<SudoUser> {
  const name = `zombie-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const sudoers = `/etc/sudoers.d/${name}`;
  await must('useradd', ['--no-create-home', '--home-dir', '/', '--shell', '/bin/sh', name]);
  await must('chpasswd', [], `${name}:${password}\n`);
  return {
    name,
    password,
    allow: async (...lines) => {
      // sudo must never read half of it, or one that is wrong: nobody could use sudo then.
      const draft = `/run/${name}.sudoers`;
      writeFileSync(draft, lines.map((line) => `${line.replaceAll('USER', name)}\n`).join(''));
      chmodSync(draft, 0o440);
      await must('visudo', ['-q', '-c', '-f', draft]);
      await must('mv', [draft, sudoers]);
    },
    remove: async () => {
      for (const file of [sudoers, `/run/sudo/ts/${name}`, `/var/lib/sudo/lectured/${name}`])
        rmSync(file, { force: true });
      await must('userdel', ['--force', name]);
    },
  };
}
