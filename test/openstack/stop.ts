import { waitFor } from '../cloud/ports';
import { processesOf, stopProcesses } from '../cloud/processes';

/** Ends every process of the folder's OpenStack; its state is of no use afterwards. */
export async function stopEverything(directory: string): Promise<void> {
  // setup commands, workers, whatever a server left: known by their environment, ended by their pids
  for (const pid of processesOf(directory)) end(pid);
  await stopProcesses(directory);
  await waitFor(`the end of the processes of ${directory}`, 30, () =>
    Promise.resolve(processesOf(directory).length === 0),
  );
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the signal
  }
}
