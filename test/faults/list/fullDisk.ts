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

const hostMount = '/var/lib/nova/instances/.openstack-zombies-quarantine';

/** No room, and no right to write: where the runs are, on the host, and under MariaDB. */
export const fullDisks: readonly Fault[] = [
  ...at(
    [
      'after the first look',
      'before the first step',
      'between domain and directory',
      'after the rename, before its journal line',
      'between two statements',
      'after COMMIT, before its journal line',
      'between cell and API database',
      'after COMMIT of the API database',
      'before the report',
    ],
    { what: 'the disk of the runs is full', strike: fill, heal: free },
  ),
  ...at(
    [
      'after the first look',
      'before the first step',
      'after the rename, before its journal line',
      'between restore file and COMMIT',
      'before the report',
    ],
    { what: 'the folder of the runs is read-only', strike: remount('ro'), heal: remount('rw') },
  ),
  {
    what: 'the disk of the host is full',
    at: 'between domain and directory',
    way: 'go on',
    strike: async (stage) => {
      // No inode is left for the folder of the quarantine.
      const { stdout } = await stage.cloud.onHost(host, 'stat -f -c "%c %d" /var/lib/nova/instances');
      const [all = 0, unused = 0] = stdout.split(' ').map(Number);
      await must('mount', ['-o', `remount,nr_inodes=${all - unused}`, stage.mount]);
    },
    heal: async (stage) => {
      await must('mount', ['-o', 'remount,nr_inodes=0', stage.mount]);
    },
  },
  {
    what: 'the quarantine is on another file system, which is full',
    at: 'between domain and directory',
    way: 'undo',
    strike: async (stage) => {
      await stage.cloud.onHost(
        host,
        `mkdir -p ${hostMount}; mount -t tmpfs -o size=4k full ${hostMount}; cat /dev/zero > ${hostMount}/filler`,
      );
    },
    heal: async (stage) => {
      await stage.cloud.onHost(host, `umount ${hostMount}; rmdir ${hostMount}`);
    },
  },
  {
    what: 'the disk of MariaDB is full',
    at: 'between two statements',
    way: 'go on',
    depth: 'archive',
    prepare: ({ cloud, subject }) =>
      cloud.sql(
        `UPDATE nova_cell1.instance_extra SET keypairs = flavor, flavor = REPEAT('x', 4000000) WHERE instance_uuid = '${subject.uuid}'`,
      ),
    strike: (stage) => fillUp(stage.mount),
    heal: (stage) => rmSync(join(stage.mount, 'filler'), { force: true }),
    tidy: ({ cloud, subject }) =>
      cloud.sql(
        `UPDATE nova_cell1.instance_extra SET flavor = keypairs, keypairs = NULL WHERE instance_uuid = '${subject.uuid}'`,
      ),
  },
];
