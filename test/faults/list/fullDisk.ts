import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../cloud/run';
import { at, type Fault } from '../fault';
import type { Stage } from '../stage';
import { host } from '../subject';

const block = 4096;

/** Fills the file system of the runs, and the last block of the journal with blank lines. */
function fill({ folder }: Stage): void {
  const journal = readdirSync(folder)
    .map((run) => join(folder, run, 'journal.jsonl'))
    .find((path) => existsSync(path));
  if (journal !== undefined) appendFileSync(journal, '\n'.repeat(block - (statSync(journal).size % block)));
  fillUp(folder);
}

function fillUp(folder: string): void {
  try {
    for (;;) appendFileSync(join(folder, 'filler'), Buffer.alloc(block));
  } catch {
    // There is no room any more.
  }
}

const free = ({ folder }: Stage): void => rmSync(join(folder, 'filler'), { force: true });

const remount =
  (how: 'ro' | 'rw') =>
  async ({ folder }: Stage) => {
    await must('mount', ['-o', `remount,${how}`, folder]);
  };

const quarantine = '/var/lib/nova/instances/.openstack-zombies-quarantine';

/** No inode is left for the folder of the quarantine. */
async function takeInodes({ cloud, mount }: Stage): Promise<void> {
  const { stdout } = await cloud.onHost(host, 'stat -f -c "%c %d" /var/lib/nova/instances');
  const [all = 0, unused = 0] = stdout.split(' ').map(Number);
  await must('mount', ['-o', `remount,nr_inodes=${all - unused}`, mount]);
}

async function giveInodes({ mount }: Stage): Promise<void> {
  await must('mount', ['-o', 'remount,nr_inodes=500000', mount]);
}

async function mountOver({ cloud }: Stage): Promise<void> {
  const made = `mkdir -p ${quarantine}; mount -t tmpfs -o size=4k full ${quarantine}`;
  await cloud.onHost(host, `${made}; cat /dev/zero > ${quarantine}/filler`);
}

async function unmount({ cloud }: Stage): Promise<void> {
  await cloud.onHost(host, `umount ${quarantine}; rmdir ${quarantine}`);
}

async function growRow(stage: Stage): Promise<void> {
  await setExtra(stage, (column) => `${column} = REPEAT('x', 65000)`);
}

async function shrinkRow(stage: Stage): Promise<void> {
  await setExtra(stage, (column) => `${column} = NULL`);
}

async function setExtra({ cloud, subject }: Stage, value: (column: string) => string): Promise<void> {
  // Columns that are NULL in the rows that were planted.
  const set = ['numa_topology', 'vcpu_model', 'migration_context', 'device_metadata'].map(value).join(', ');
  await cloud.sql(`UPDATE instance_extra SET ${set} WHERE instance_uuid = '${subject.uuid}'`, 'nova_cell1');
}

async function cellStands({ subject }: Stage): Promise<void> {
  assert.ok((await subject.world()).cell);
}

/** No room, and no right to write: where the runs are, on the host, and under MariaDB. */
export const fullDisks: readonly Fault[] = [
  ...at(
    [
      'after the first look',
      'between domain and directory',
      'after the rename, before its journal line',
      'between two statements',
      'after COMMIT, before its journal line',
      'before the report',
    ],
    { what: 'the disk of the runs is full', strike: fill, heal: free },
  ),
  ...at(
    ['after the first look', 'after the rename, before its journal line', 'between restore file and COMMIT'],
    { what: 'the folder of the runs is read-only', strike: remount('ro'), heal: remount('rw') },
  ),
  {
    what: 'the disk of the host is full',
    at: 'between domain and directory',
    way: 'go on',
    strike: takeInodes,
    heal: giveInodes,
  },
  {
    what: 'the quarantine is on another file system, which is full',
    at: 'between domain and directory',
    way: 'undo',
    strike: mountOver,
    heal: unmount,
  },
  {
    what: 'the disk of MariaDB is full',
    at: 'between two statements',
    way: 'go on',
    depth: 'archive',
    prepare: growRow,
    strike: (stage) => fillUp(stage.mount),
    heal: (stage) => rmSync(join(stage.mount, 'filler'), { force: true }),
    check: cellStands,
    tidy: shrinkRow,
  },
];
