import assert from 'node:assert/strict';
import type { InstanceRow } from '../../../../src/model/facts';
import { cell0Uuid } from '../../../../src/model/uuid';
import { buildFailed } from '../../../../src/zombies/hypervisor/buildFailed';
import {
  cell1,
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, glimpseOf } from '../expectations';

const kind = buildFailed;

function buried(facts: Partial<InstanceRow> = {}): ReturnType<typeof dossier> {
  const state = { host: null, node: null, launchedAt: null, cell: cell0Uuid, vmState: 'error' };
  return dossier({ rows: [row({ ...state, ...facts })] });
}

describe('build failed', () => {
  it('is suspected as an ERROR that stays in cell0: the API deletes it', () => {
    const { why, ladder, remedy } = expectVerdict('suspected', kind, buried(), scene());
    assert.match(why, /cell0/);
    assert.equal(ladder[0]?.command, `openstack server delete ${row().uuid}`);
    assert.equal(remedy.wanted, false);
    assert.equal(remedy.depth, 'mark-deleted');
  });

  it('is confirmed when its delete was asked and failed', () => {
    const asked = { ...buried({ updatedAt: daysAgo(5) }), deleteActions: [deleteAction(daysAgo(5))] };
    assert.equal(expectVerdict('confirmed', kind, asked, scene()).remedy.wanted, true);
  });

  it('asks the API first where the cloud has its APIs', () => {
    const { remedy } = expectVerdict('suspected', kind, buried(), scene({ apis: true }));
    assert.deepEqual(
      [remedy.depth, remedy.manual.map(({ api }) => api)],
      ['api', [{ do: 'delete-server', id: row().uuid }]],
    );
  });

  it('is legitimate as an ERROR of the last minutes, and no candidate: its owner still looks at it', () => {
    const young = buried({ createdAt: minutesAgo(2) });
    expectMissing(/may still be built/, expectVerdict('legitimate', kind, young, scene()));
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('is unknown when a domain or a directory of it is on a host', () => {
    for (const facts of [{ domains: [domain()] }, { directories: [directory()] }]) {
      const built = { ...buried(), ...facts };
      expectMissing(/on compute-01/, expectVerdict('unknown', kind, built, scene()));
    }
  });

  it('is unknown while a task has not ended', () => {
    expectMissing(
      /task_state is scheduling/,
      expectVerdict('unknown', kind, buried({ taskState: 'scheduling' }), scene()),
    );
  });

  it('is not found in another cell, in another state, with a host, while deleting, and without a live row', () => {
    for (const facts of [{ vmState: 'active' }, { host: 'compute-01' }, { taskState: 'deleting' }]) {
      expectNone(/did not fail for want of a host/, kind, buried(facts), scene());
      assert.equal(kind.candidate(glimpseOf(buried(facts)), scene()), false);
    }
    expectNone(/not in cell0/, kind, buried({ cell: cell1 }), scene());
    expectNone(/no live row/, kind, dossier({ rows: [deletedRow({ cell: cell0Uuid })] }), scene());
  });
});
