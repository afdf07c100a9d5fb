import assert from 'node:assert/strict';
import type { Migration } from '../../../../src/model/facts';
import { stuckMigration } from '../../../../src/zombies/rows/stuckMigration';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  domain,
  dossier,
  host,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const gone = dossier({ rows: [deletedRow()], migrations: [migration('running')] });
const live = dossier({ rows: [row()], domains: [domain()], migrations: [migration('running')] });

function moving(status: string | null, facts: Partial<Migration> = {}): typeof live {
  return { ...live, migrations: [migration(status, facts)] };
}

describe('stuck migration', () => {
  it('is confirmed of a deleted instance: error, and the row stays', () => {
    const { remedy } = expectVerdict('confirmed', stuckMigration, gone, scene());
    assert.deepEqual(remedy.repairs, [{ do: 'end-migration', cell: cell1, id: 31, status: 'running' }]);
    assert.deepEqual([remedy.wanted, remedy.depth], [true, 'repair']);
  });

  it('is suspected of a live one that has no task, whatever its status is called', () => {
    for (const status of ['accepted', 'running', 'confirming', null]) {
      const finding = expectVerdict('suspected', stuckMigration, moving(status), scene());
      assert.equal(finding.remedy.wanted, false);
      assert.equal(finding.host, 'compute-01');
    }
  });

  it('is unknown when two cells have a live row', () => {
    const twice = { ...live, rows: [row(), row({ cell: cell2, id: 9 })] };
    expectMissing(/2 cells have a live row/, expectVerdict('unknown', stuckMigration, twice, scene()));
  });

  it('is not found before it is old, by its last change or else its start', () => {
    for (const young of [
      { updatedAt: minutesAgo(300) },
      { updatedAt: null, createdAt: minutesAgo(300) },
      { updatedAt: null, createdAt: null },
    ]) {
      expectNone(/after 360 minutes/, stuckMigration, moving('running', young), scene());
    }
    expectVerdict('suspected', stuckMigration, moving('running', { updatedAt: null }), scene());
    expectVerdict('suspected', stuckMigration, moving('running', { createdAt: minutesAgo(5) }), scene());
  });

  it('is not found once it is over, nor while it waits for confirm or revert', () => {
    for (const status of ['error', 'completed', 'finished']) {
      expectNone(/no migration is in progress/, stuckMigration, moving(status), scene());
    }
  });

  it('is not found where no cell has the row: rows without a parent are', () => {
    expectNone(/no cell has its row/, stuckMigration, { ...gone, rows: [] }, scene());
  });

  it('is never ended in VERIFY_RESIZE', () => {
    const resized = { ...moving('confirming'), rows: [row({ vmState: 'resized' })] };
    expectMissing(/needed to confirm/, expectVerdict('legitimate', stuckMigration, resized, scene()));
    const waiting = [migration('running'), migration('finished', { id: 32 })];
    expectVerdict('unknown', stuckMigration, { ...live, migrations: waiting }, scene());
  });

  it('is unknown while its instance has a task, or another migration that is young', () => {
    const task = { ...live, rows: [row({ taskState: 'migrating' })] };
    expectMissing(/task_state is migrating/, expectVerdict('unknown', stuckMigration, task, scene()));
    const young = migration('running', { id: 32, updatedAt: minutesAgo(5) });
    const both = { ...live, migrations: [migration('running'), young] };
    expectMissing(/migration 32 is in progress/, expectVerdict('unknown', stuckMigration, both, scene()));
  });

  it('is unknown as an evacuation: the source destroys its stale copy by that row', () => {
    const evacuation = moving('accepted', { type: 'evacuation' });
    expectMissing(/is an evacuation/, expectVerdict('unknown', stuckMigration, evacuation, scene()));
  });

  it('is unknown while two hosts have a domain of it', () => {
    const domains = [domain(), domain('compute-02')];
    const finding = expectVerdict('unknown', stuckMigration, { ...live, domains }, scene());
    expectMissing(/may still be moving/, finding);
  });

  it('is unknown when either end of it was not read, and legitimate as a hidden copy', () => {
    const hosts = [host('compute-01'), host('compute-02', { silent: true })];
    expectVerdict('unknown', stuckMigration, live, scene({ hosts }));
    expectVerdict('legitimate', stuckMigration, { ...live, rows: [row({ hidden: true })] }, scene());
  });

  it('offers to abort a live migration only', () => {
    const commands = (type: string): readonly (string | undefined)[] =>
      found(stuckMigration, moving('running', { type }), scene()).ladder.map(({ command }) => command);
    assert.match(commands('live-migration')[0] ?? '', /server migration abort [0-9a-f-]{36} 31$/);
    assert.equal(commands('resize')[0], undefined);
  });

  it('ends each that is stuck', () => {
    const second = migration('queued', { id: 32, updatedAt: daysAgo(3) });
    const both = { ...gone, migrations: [migration('running'), second] };
    assert.equal(found(stuckMigration, both, scene()).remedy.repairs?.length, 2);
  });
});
