import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../cloud/ports';
import { processesOf } from '../cloud/processes';
import { run } from '../cloud/run';

/** Ends every process of the folder's OpenStack at once: nothing of its state is used again. */
export async function stopEverything(directory: string): Promise<void> {
  await waitFor(`the end of the processes of ${directory}`, 30, () => {
    // servers, their workers, commands of the setup: known by their environment, ended by their pids
    const pids = processesOf(directory);
    for (const pid of pids) end(pid);
    return Promise.resolve(pids.length === 0);
  });
  rmSync(join(directory, 'pid'), { recursive: true, force: true });
  const file = bridgeFile(directory);
  // nova-compute makes it with the first port of a host with libvirt
  if (existsSync(file)) await run('ip', ['link', 'delete', readFileSync(file, 'utf8')]);
}

/** The bridge of a network, as nova/network/neutron.py names it (_nw_info_build_network, Zed): it outlives its processes. */
export function rememberBridge(directory: string, network: string): void {
  writeFileSync(bridgeFile(directory), `brq${network}`.slice(0, 14));
}

function bridgeFile(directory: string): string {
  return join(directory, 'bridge');
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the signal
  }
}
