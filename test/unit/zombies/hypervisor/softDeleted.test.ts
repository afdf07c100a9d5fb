import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { softDeleted } from '../../../../src/zombies/hypervisor/softDeleted';
import {
  cell2,
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  migration,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = softDeleted;
const state = { vmState: 'soft-delete', powerState: 4, updatedAt: daysAgo(40), deletedAt: daysAgo(40) };
const forgotten = dossier({ rows: [row(state)], deleteActions: [deleteAction(daysAgo(40))] });

function but(facts: Partial<Dossier>): Dossier {
  return { ...forgotten, ...facts };
}

describe('soft-deleted', () => {
  it('is confirmed when its owner deleted it long ago and nothing is left to be restored', () => {
    const finding = expectVerdict('confirmed', kind, forgotten, scene());
    assert.equal(finding.since, daysAgo(40));
    assert.equal(finding.host, 'compute-01');
    assert.deepEqual([finding.remedy.depth, finding.remedy.depths], ['none', ['none']]);
    assert.deepEqual(
      finding.remedy.manual.map(({ command }) => command),
      [`openstack server delete --force ${forgotten.uuid}`],
    );
  });

  it('is legitimate when a row is hidden, unknown with two live rows or while a resize waits', () => {
    const hidden = but({ rows: [row({ ...state, hidden: true })] });
    expectMissing(/hidden/, expectVerdict('legitimate', kind, hidden, scene()));
    const twice = but({ rows: [row(state), row({ ...state, cell: cell2, id: 9 })] });
    expectMissing(/2 cells have a live row/, expectVerdict('unknown', kind, twice, scene()));
    const waiting = but({ migrations: [migration('finished')] });
    expectMissing(/waits for confirm or revert/, expectVerdict('unknown', kind, waiting, scene()));
  });

  it('is force-deleted by the API where the cloud has it: SQL, domain and directory are left to Nova', () => {
    const left = but({ domains: [domain()], directories: [directory()], ...holdings });
    const { remedy } = found(kind, left, scene({ apis: true }));
    assert.deepEqual([remedy.depth, remedy.depths], ['api', ['api', 'none']]);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
    assert.deepEqual(
      remedy.manual.map(({ api, depths, command }) => [api, depths, command]),
      [
        [undefined, ['none'], `openstack server delete --force ${left.uuid}`],
        [
          { do: 'force-delete-server', id: left.uuid },
          ['api'],
          `openstack server delete --force ${left.uuid}`,
        ],
      ],
    );
  });

  it('is suspected without a delete in its actions, and the API is then a pick', () => {
    const { remedy } = expectVerdict('suspected', kind, but({ deleteActions: [] }), scene({ apis: true }));
    assert.deepEqual([remedy.wanted, remedy.depth, remedy.depths], [false, 'none', ['none', 'api']]);
  });

  it('is suspected while a domain, a directory or a volume of it is there: it can still be restored', () => {
    for (const facts of [
      { domains: [domain()] },
      { directories: [directory()] },
      { volumes: holdings.volumes },
    ]) {
      expectMissing(/can still be restored/, expectVerdict('suspected', kind, but(facts), scene()));
    }
  });

  it('is legitimate for the first month, and no candidate: deferred delete is a feature', () => {
    const young = but({ rows: [row({ ...state, updatedAt: daysAgo(2), deletedAt: daysAgo(2) })] });
    expectMissing(/may be restored/, expectVerdict('legitimate', kind, young, scene()));
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('counts from the later of delete and last update, and is legitimate when neither is known', () => {
    expectVerdict('legitimate', kind, but({ rows: [row({ ...state, updatedAt: daysAgo(2) })] }), scene());
    expectVerdict('legitimate', kind, but({ rows: [row({ ...state, deletedAt: daysAgo(2) })] }), scene());
    const timeless = row({ ...state, updatedAt: null, deletedAt: null });
    expectVerdict('legitimate', kind, but({ rows: [timeless] }), scene());
  });

  it('is unknown while it is being restored', () => {
    const restoring = but({ rows: [row({ ...state, taskState: 'restoring' })] });
    expectMissing(/task_state is restoring/, expectVerdict('unknown', kind, restoring, scene()));
  });

  it('is suspected when it is locked', () => {
    const locked = but({ rows: [row({ ...state, locked: true })] });
    expectMissing(/it is locked/, expectVerdict('suspected', kind, locked, scene()));
  });

  it('offers the way back before the way out', () => {
    const commands = found(kind, forgotten, scene()).ladder.flatMap(({ command }) => command ?? []);
    assert.deepEqual(commands, [
      `openstack server restore ${forgotten.uuid}`,
      `openstack server delete --force ${forgotten.uuid}`,
    ]);
  });

  it('is not found in another state, and without a live row', () => {
    const old = dossier({ rows: [row({ updatedAt: daysAgo(60) })] });
    expectNone(/not soft-deleted: vm_state active/, kind, old, scene());
    assert.equal(kind.candidate(glimpseOf(old), scene()), false);
    expectNone(/no live row/, kind, dossier({ rows: [deletedRow()] }), scene());
  });
});
