import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../cloud/ports';
import { processesOf } from '../cloud/processes';

/** Ends every process of the folder's OpenStack at once: nothing of its state is used again. */
export async function stopEverything(directory: string): Promise<void> {
  await waitFor(`the end of the processes of ${directory}`, 30, () => {
    // servers, their workers, commands of the setup: known by their environment, ended by their pids
    const pids = processesOf(directory);
    for (const pid of pids) end(pid);
    return Promise.resolve(pids.length === 0);
  });
  rmSync(join(directory, 'pid'), { recursive: true, force: true });
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the signal
  }
}
