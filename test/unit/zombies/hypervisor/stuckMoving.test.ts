import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { HostFacts } from '../../../../src/model/scene';
import { stuckMoving } from '../../../../src/zombies/hypervisor/stuckMoving';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  domain,
  dossier,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = stuckMoving;
const migrating = dossier({
  rows: [row({ taskState: 'migrating' })],
  domains: [domain()],
  migrations: [migration('running')],
});

function moved(facts: Partial<Dossier>): Dossier {
  return { ...migrating, ...facts };
}

describe('stuck moving', () => {
  it('is suspected when neither row nor migration was touched for long, and is ended by the API first', () => {
    const finding = expectVerdict('suspected', kind, migrating, scene());
    assert.equal(finding.host, 'compute-01');
    assert.equal(finding.since, daysAgo(14));
    assert.deepEqual(finding.remedy, {
      wanted: false,
      depth: 'none',
      depths: ['none', 'repair'],
      domains: [],
      directories: [],
      manual: [
        {
          command: `openstack server migration abort ${migrating.uuid} 31`,
          why: 'Nova ends the migration, and the instance stays where it is',
          depths: ['none'],
        },
      ],
      repairs: [{ do: 'end-migration', cell: cell1, id: 31, status: 'running' }],
    });
  });

  for (const taskState of [
    'resize_prep',
    'resize_migrating',
    'resize_migrated',
    'resize_finish',
    'resize_reverting',
    'resize_confirming',
  ]) {
    it(`is suspected by task_state ${taskState} alone, and then has no row to end`, () => {
      const { remedy } = expectVerdict(
        'suspected',
        kind,
        moved({ rows: [row({ taskState })], migrations: [] }),
        scene(),
      );
      assert.deepEqual([remedy.depths, remedy.repairs, remedy.manual], [['none'], undefined, []]);
    });
  }

  it('is suspected by an evacuation that never ended, whatever the task', () => {
    const evacuating = moved({
      rows: [row({ taskState: 'rebuilding' })],
      migrations: [migration('accepted', { type: 'evacuation' })],
    });
    const { remedy } = expectVerdict('suspected', kind, evacuating, scene());
    assert.deepEqual(remedy.manual, [], 'no abort of an evacuation');
  });

  it('is not aborted where the API would refuse it', () => {
    const preparing = moved({ migrations: [migration('pre-migrating')] });
    assert.deepEqual(found(kind, preparing, scene()).remedy.manual, []);
    const idle = moved({ rows: [row()] });
    assert.deepEqual(found(kind, idle, scene()).remedy.manual, []);
  });

  it('is on its way while row or migration is touched: no more than that', () => {
    const touched = [
      moved({ rows: [row({ taskState: 'migrating', updatedAt: minutesAgo(5) })] }),
      moved({ migrations: [migration('running', { updatedAt: minutesAgo(5) })] }),
      moved({ migrations: [migration('running', { updatedAt: null, createdAt: minutesAgo(5) })] }),
    ];
    for (const facts of touched) expectNone(/on its way.* 360 minutes/, kind, facts, scene());
  });

  it('is not found when nobody knows since when', () => {
    const rows = [row({ taskState: 'migrating', updatedAt: null, createdAt: null })];
    expectNone(/on its way, last updated NULL/, kind, moved({ rows, migrations: [] }), scene());
  });

  it('is a candidate by its task, or by the sign of a migration', () => {
    assert.equal(kind.candidate(glimpseOf(migrating), scene()), true);
    const idle = moved({ rows: [row()] });
    assert.equal(kind.candidate(glimpseOf(idle), scene()), false);
    assert.equal(kind.candidate(glimpseOf(idle, ['migration-in-progress']), scene()), true);
    const gone = moved({ rows: [deletedRow()] });
    assert.equal(kind.candidate(glimpseOf(gone, ['migration-in-progress']), scene()), false);
    const young = moved({ rows: [row({ taskState: 'migrating', updatedAt: minutesAgo(5) })] });
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('is unknown when two hosts have a domain: libvirt may still be copying', () => {
    const copying = moved({ domains: [domain(), domain('compute-02', { state: 'paused' })] });
    expectMissing(/may still be copying/, expectVerdict('unknown', kind, copying, scene()));
  });

  describe('waiting in the queue of nova-compute', () => {
    const at = (facts: Partial<HostFacts>): ReturnType<typeof scene> =>
      scene({ particulars: { 'compute-01': facts } });

    for (const status of ['queued', 'preparing']) {
      it(`is legitimate as ${status} while nova-compute of its source is up, disabled or not`, () => {
        const waiting = moved({ migrations: [migration(status)] });
        for (const disabled of [false, true]) {
          expectMissing(
            /others are before it/,
            expectVerdict('legitimate', kind, waiting, at({ service: { disabled, forcedDown: false } })),
          );
        }
      });

      it(`is suspected as ${status} when that is down`, () => {
        const waiting = moved({ migrations: [migration(status)] });
        expectVerdict('suspected', kind, waiting, at({ lastSeenUp: minutesAgo(10) }));
        expectVerdict('suspected', kind, waiting, at({ service: { disabled: false, forcedDown: true } }));
      });
    }
  });

  it('is unknown when a resize waits for confirm, or two cells have a live row', () => {
    expectVerdict(
      'unknown',
      kind,
      moved({ migrations: [migration('running'), migration('finished')] }),
      scene(),
    );
    const rows = [row({ taskState: 'migrating' }), row({ cell: cell2, id: 9 })];
    expectVerdict('unknown', kind, moved({ rows }), scene());
  });

  it('is legitimate when a live row is hidden: a resize across cells', () => {
    const rows = [row({ taskState: 'resize_migrating', hidden: true })];
    expectVerdict('legitimate', kind, moved({ rows }), scene());
  });

  it('is not found when nothing moves it, while it is being deleted, and without a live row', () => {
    expectNone(
      /nothing moves it/,
      kind,
      moved({ rows: [row()], migrations: [migration('completed')] }),
      scene(),
    );
    expectNone(/its delete decides/, kind, moved({ rows: [row({ taskState: 'deleting' })] }), scene());
    expectNone(/no live row/, kind, moved({ rows: [deletedRow()] }), scene());
  });

  it('asks for SQL after every official way', () => {
    const { ladder } = found(kind, migrating, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [
        `openstack server migration list --server ${migrating.uuid}`,
        `openstack server migration force complete ${migrating.uuid} 31`,
        'systemctl restart nova-compute',
        undefined,
        `openstack server set --state active ${migrating.uuid}`,
      ],
    );
  });
});
