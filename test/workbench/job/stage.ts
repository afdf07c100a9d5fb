import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { must } from '../../cloud/run';
import { demoSettings } from '../../demo/settings';
import { root } from '../../setup/places.mjs';
import type { View } from '../harness/view';
import { startWorkbench, type Workbench } from '../harness/workbench';
import { snapshot, type Snapshot } from './traces';

/** The demo cloud, and a workbench with the packaged extension that knows it. */
export interface Stage {
  readonly cloud: DemoCloud;
  readonly workbench: Workbench;
  readonly view: View;
  /** The cloud before the job. */
  readonly untouched: Snapshot;
  /** A host whose SSH key is in no known_hosts, with its true fingerprint. */
  readonly stranger: { readonly host: string; readonly fingerprint: string };
  stop(): Promise<void>;
}

const host = 'compute-03';

export async function setStage(): Promise<Stage> {
  const vsix = await packageExtension();
  const cloud = await startCloud({ name: 'workbench' });
  try {
    const untouched = await snapshot(cloud);
    const fingerprint = await fingerprintOf(cloud);
    const knownHostsFile = join(cloud.directory, 'known_hosts_without_stranger');
    await writeFile(knownHostsFile, await knownHostsWithoutStranger(cloud));
    const settings = demoSettings({ ...cloud, ssh: { ...cloud.ssh, knownHostsFile } });
    const workbench = await startWorkbench({ vsix: [vsix], settings });
    const view = await workbench.openView('OpenStack Zombies', 'Clouds');
    const stop = async (): Promise<void> => {
      await workbench.stop();
      await cloud.stop();
    };
    return { cloud, workbench, view, untouched, stranger: { host, fingerprint }, stop };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

/** The path is the last line that the script prints. */
async function packageExtension(): Promise<string> {
  const output = await must(process.execPath, [join(root, 'test/setup/package.mjs')]);
  return output.trim().split('\n').at(-1) ?? '';
}

async function knownHostsWithoutStranger({ ssh }: DemoCloud): Promise<string> {
  const lines = (await readFile(ssh.knownHostsFile, 'utf8')).split('\n');
  return lines.filter((line) => !line.startsWith(`[${ssh.addresses[host] ?? ''}]`)).join('\n');
}

/** ssh-keygen -l: bits, fingerprint, comment, type. */
async function fingerprintOf({ directory }: DemoCloud): Promise<string> {
  const line = await must('ssh-keygen', ['-l', '-f', join(directory, 'hosts', host, 'ssh/host_key.pub')]);
  return line.split(' ')[1] ?? '';
}
