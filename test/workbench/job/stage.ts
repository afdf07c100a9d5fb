import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { must } from '../../cloud/run';
import { demoSettings } from '../../demo/settings';
import { root } from '../../setup/places.mjs';
import { startWorkbench, type Workbench } from '../harness/workbench';

/** The demo cloud, and a workbench with the packaged extension that knows it. */
export interface Stage {
  readonly cloud: DemoCloud;
  readonly workbench: Workbench;
  /** A host whose SSH key is in no known_hosts, with its true fingerprint. */
  readonly stranger: { readonly host: string; readonly fingerprint: string };
  stop(): Promise<void>;
}

const host = 'compute-03';

export async function setStage(): Promise<Stage> {
  const vsix = await packageExtension();
  const place = await mkdtemp(join(tmpdir(), 'openstack-zombies-job-'));
  const cloud = await startCloud({ name: 'workbench' });
  const end = async (): Promise<void> => {
    await cloud.stop();
    await rm(place, { recursive: true });
  };
  try {
    const knownHostsFile = join(place, 'known_hosts');
    await writeFile(knownHostsFile, await knownHostsWithoutStranger(cloud));
    const settings = demoSettings({ ...cloud, ssh: { ...cloud.ssh, knownHostsFile } });
    const workbench = await startWorkbench({ vsix: [vsix], settings });
    const stop = async (): Promise<void> => {
      await workbench.stop();
      await end();
    };
    return { cloud, workbench, stranger: { host, fingerprint: await fingerprintOf(cloud) }, stop };
  } catch (error) {
    await end();
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
