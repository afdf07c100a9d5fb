import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DirectoryPlan, Plot } from '../population/plot';
import { baseImage, days } from '../population/world';
import { must } from '../run';
import { headOf } from './tree';
import { instancesPath } from './domains';
import type { Host } from './host';

/** Brings a host's instances directory into the plot's state; a disk that is as it should be keeps its inode. */
export async function resetDirectories(host: Host, plot: Plot): Promise<void> {
  const templates = join(host.directory, 'templates');
  mkdirSync(templates, { recursive: true });
  const plans = plot.directories.filter((plan) => plan.host === host.facts.name);
  const expected = new Set([
    ...plans.map(({ name }) => name),
    '_base',
    'locks',
    'snapshots',
    'compute_nodes',
  ]);
  for (const entry of readdirSync(host.instances)) {
    if (!expected.has(entry)) rmSync(join(host.instances, entry), { recursive: true });
  }
  resetCommon(host, plot);
  for (const plan of plans) await resetInstance(host.instances, plan, templates);
}

/** What stands beside the instances: the image cache, locks, snapshots in progress, and who uses the storage. */
function resetCommon({ instances, facts }: Host, plot: Plot): void {
  const old = plot.date(days(300));
  for (const folder of ['_base', 'locks', 'snapshots'])
    mkdirSync(join(instances, folder), { recursive: true });
  const base = join(instances, '_base', baseImage);
  if (!existsSync(base)) {
    writeFileSync(base, 'a base image');
    truncateSync(base, 2 * 2 ** 30);
  }
  const lock = join(instances, 'locks', `nova-${baseImage}`);
  writeFileSync(lock, '');
  const registry = join(instances, 'compute_nodes');
  writeFileSync(registry, JSON.stringify({ [facts.name]: plot.date(60).getTime() / 1000 }));
  for (const path of [
    base,
    lock,
    join(instances, '_base'),
    join(instances, 'locks'),
    join(instances, 'snapshots'),
  ]) {
    utimesSync(path, old, old);
  }
  utimesSync(registry, plot.date(60), plot.date(60));
}

async function resetInstance(instances: string, plan: DirectoryPlan, templates: string): Promise<void> {
  const directory = join(instances, plan.name);
  const uuid = plan.name.replace(/_.*/, '');
  const files = plan.diskBytes === undefined ? ['console.log'] : ['console.log', 'disk', 'disk.info'];
  mkdirSync(directory, { recursive: true });
  for (const entry of readdirSync(directory)) {
    if (!files.includes(entry)) rmSync(join(directory, entry), { recursive: true });
  }
  writeFileSync(join(directory, 'console.log'), 'Linux version 6.1.0-amd64\nlogin: \n');
  if (plan.diskBytes !== undefined) {
    writeFileSync(
      join(directory, 'disk.info'),
      JSON.stringify({ [`${instancesPath}/${uuid}/disk`]: 'qcow2' }),
    );
    await resetDisk(join(directory, 'disk'), plan.diskBytes, templates);
  }
  for (const path of [...files.map((file) => join(directory, file)), directory])
    utimesSync(path, plan.written, plan.written);
}

/** A qcow2 on the base image, as long as its virtual size and empty: `du --apparent-size` sees GiB, the disk does not. */
async function resetDisk(path: string, bytes: number, templates: string): Promise<void> {
  const template = join(templates, `${bytes}.qcow2`);
  if (!existsSync(template)) {
    const backing = ['-u', '-F', 'raw', '-b', `${instancesPath}/_base/${baseImage}`];
    const virtual = Math.ceil(bytes / 2 ** 20) * 2 ** 20;
    await must('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing, template, String(virtual)]);
  }
  const head = readFileSync(template);
  if (existsSync(path) && statSync(path).size === bytes && headOf(path, head.length).equals(head)) return;
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, head);
  truncateSync(path, bytes);
}
