import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { listRuns, readJournal } from '../../../src/execution/readJournal';
import type { Fault } from '../fault';
import { heldRow, waiting } from '../lockedRow';
import type { Stage } from '../stage';

/** The journal says how often a transaction was tried again. */
async function wasRetried({ folder }: Stage): Promise<void> {
  const [record] = await listRuns(folder);
  const lines = await readJournal(folder, record?.run ?? '');
  const retries = lines.map((line) => (line.event === 'step-ended' ? (line.retries ?? 0) : 0));
  assert.ok(Math.max(...retries) > 0, JSON.stringify(lines));
}

/** Locks a row that the plan comes to later, then waits for one that it has: the server ends the lighter of the two. */
async function deadlock(stage: Stage): Promise<void> {
  const other = await heldRow(stage);
  await other.query("INSERT INTO tags (resource_id, tag) SELECT seq, 'heavy' FROM seq_1_to_500");
  void other
    .query(`UPDATE instances SET hostname = 'other' WHERE uuid = '${stage.subject.uuid}'`)
    .then(() => other.query('ROLLBACK'))
    .finally(() => other.destroy());
  await waiting(stage);
}

/** Until the run has waited in vain once. */
async function holdRow(stage: Stage): Promise<void> {
  await stage.cloud.sql('SET GLOBAL innodb_lock_wait_timeout = 1');
  const other = await heldRow(stage);
  void waiting(stage)
    .then(() => sleep(1_500))
    .finally(() => other.destroy());
}

async function killSessions({ cloud }: Stage): Promise<void> {
  const ids = await cloud.sql("SELECT id FROM information_schema.processlist WHERE user = 'nova'");
  await cloud.sql(ids.map(([id = '']) => `KILL ${id}`).join(';'));
}

/** What somebody else changes in the databases meanwhile, and how it is set right again. */
function change(
  what: string,
  at: Fault['at'],
  way: Fault['way'],
  sql: (uuid: string) => [string, string],
): Fault {
  return {
    ...{ what, at, way },
    strike: async ({ cloud, subject }) => void (await cloud.sql(sql(subject.uuid)[0])),
    heal: async ({ cloud, subject }) => void (await cloud.sql(sql(subject.uuid)[1])),
  };
}

const restored = (uuid: string): [string, string] => [
  `UPDATE nova_cell1.instances SET task_state = NULL WHERE uuid = '${uuid}'`,
  `UPDATE nova_cell1.instances SET task_state = 'deleting' WHERE uuid = '${uuid}'`,
];

/** Others work in the databases at the same time. */
export const otherSessions: readonly Fault[] = [
  {
    what: 'another session causes a deadlock',
    at: 'between two statements',
    way: 'undo',
    strike: deadlock,
    check: wasRetried,
  },
  {
    what: 'another session holds a row for too long',
    at: 'between domain and directory',
    way: 'undo',
    strike: holdRow,
    heal: async ({ cloud }) => void (await cloud.sql('SET GLOBAL innodb_lock_wait_timeout = 50')),
    check: wasRetried,
  },
  {
    what: 'an administrator kills the session',
    at: 'between two statements',
    way: 'undo',
    strike: killSessions,
    check: wasRetried,
  },
  {
    what: 'an administrator kills the session',
    at: 'between restore file and COMMIT',
    way: 'go on',
    strike: killSessions,
  },
  change('Nova takes the delete back', 'after the first look', 'go on', restored),
  change('Nova takes the delete back', 'between domain and directory', 'undo', restored),
  change('Nova queues the mapping for deletion', 'between cell and API database', 'go on', (uuid) => [
    `UPDATE nova_api.instance_mappings SET queued_for_delete = 1 WHERE instance_uuid = '${uuid}'`,
    `UPDATE nova_api.instance_mappings SET queued_for_delete = 0 WHERE instance_uuid = '${uuid}'`,
  ]),
  change('a row is added that the plan does not know', 'between domain and directory', 'go on', (uuid) => [
    `INSERT INTO nova_cell1.instance_faults (instance_uuid, code, deleted) VALUES ('${uuid}', 500, 0)`,
    `DELETE FROM nova_cell1.instance_faults WHERE instance_uuid = '${uuid}'`,
  ]),
];
