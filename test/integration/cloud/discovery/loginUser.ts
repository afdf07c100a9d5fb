import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { waitFor } from '../../../cloud/ports';
import { must, run } from '../../../cloud/run';
import type { SshServer } from '../ssh/sshServer';

/** A user of this machine who may log in with the key of the test server, and nothing else. */
export interface LoginUser {
  readonly name: string;
  /** what sudo lets the user do, as sudoers has it after the `=`; nothing at all when empty */
  allow(rule: string): void;
  remove(): Promise<void>;
}

export async function addLoginUser(server: SshServer): Promise<LoginUser> {
  const name = `ozombies${process.pid}`;
  const sudoers = `/etc/sudoers.d/openstack-zombies-${process.pid}`;
  await must('useradd', ['--no-create-home', '--shell', '/bin/sh', '--password', '*', name]);
  // sshd looks at the key as that user
  chmodSync(server.directory, 0o711);
  return {
    name,
    allow: (rule) => {
      rmSync(sudoers, { force: true });
      if (rule !== '') writeFileSync(sudoers, `${name} ALL=(root) ${rule}\n`, { mode: 0o440 });
    },
    remove: async () => {
      rmSync(sudoers, { force: true });
      // a session that was closed is there for a moment more
      await waitFor('the last session', 20, async () => (await run('userdel', [name])).code === 0);
    },
  };
}
