import { run } from '../../../cloud/run';
import type { SshServer } from './sshServer';

/** Process ids that serve the logins at this sshd. */
export async function sessionsOf({ pid }: SshServer): Promise<number[]> {
  const { stdout } = await run('pgrep', ['-P', String(pid)]);
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** Ends the logins at this sshd; one that is ending by itself is gone already. */
export async function endSessions(server: SshServer): Promise<void> {
  for (const pid of await sessionsOf(server)) {
    try {
      process.kill(pid);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
