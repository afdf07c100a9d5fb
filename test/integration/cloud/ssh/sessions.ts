import { run } from '../../../cloud/run';
import type { SshServer } from './sshServer';

/** Process ids that serve the logins at this sshd. */
export async function sessionsOf({ pid }: SshServer): Promise<number[]> {
  const { stdout } = await run('pgrep', ['-P', String(pid)]);
  return stdout.split('\n').filter(Boolean).map(Number);
}
