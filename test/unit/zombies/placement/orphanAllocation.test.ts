import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { Consumer } from '../../../../src/model/facts';
import { orphanAllocation as kind } from '../../../../src/zombies/placement/orphanAllocation';
import {
  allocation,
  cell,
  cell1,
  consumer,
  daysAgo,
  deleteAction,
  deletedRow,
  domain,
  dossier,
  holdings,
  host,
  mapping,
  minutesAgo,
  otherUuid,
  row,
  scene,
  unmapped,
  uuid,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const orphan = dossier({
  rows: [deletedRow()],
  mapping: mapping({ queuedForDelete: true }),
  allocations: [allocation('compute-01')],
  consumer: consumer(),
});
/** no cell has a row, and Placement holds something for it */
const rowless = { ...orphan, rows: [] };
/** the same, and nothing else is known of it */
const stranger = dossier({ allocations: orphan.allocations, consumer: consumer() });

function moving(facts: Partial<NonNullable<Consumer['migration']>>): typeof orphan {
  const migration = { cell: cell1, instance: otherUuid, status: 'error', deleted: false, ...facts };
  return { ...stranger, consumer: consumer({ migration }) };
}

describe('an orphan allocation', () => {
  it('is confirmed when Nova deleted the instance and Placement still holds something for it', () => {
    const { evidence, remedy, why } = expectVerdict('confirmed', kind, orphan, scene());
    assert.match(why, /on compute-01/);
    assert.equal(evidence[1]?.text, 'allocations on compute-01');
    assert.equal(evidence[1].source, 'placement');
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['none', ['none'], true]);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
  });

  it('is confirmed at the first look: Nova and Placement are two sources', () => {
    expectVerdict('confirmed', kind, orphan, scene({ seenBefore: false }));
  });

  it('removes its allocations through Placement, and nothing else of it', () => {
    const held = { ...orphan, ports: holdings.ports, volumes: holdings.volumes };
    const command = `openstack resource provider allocation delete ${uuid}`;
    const byHand = found(kind, held, scene()).remedy.manual;
    assert.deepEqual(
      byHand.map((step) => [step.command, step.api]),
      [[command, undefined]],
    );
    const byApi = found(kind, held, scene({ apis: true })).remedy.manual;
    assert.deepEqual(
      byApi.map(({ api }) => api),
      [{ do: 'delete-allocations', consumer: uuid }],
    );
  });

  it('lets Nova list first, and never lets it delete', () => {
    const { ladder } = found(kind, orphan, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [
        'nova-manage placement audit --verbose',
        `openstack resource provider allocation show ${uuid}`,
        `openstack resource provider allocation delete ${uuid}`,
      ],
    );
  });

  it('is never found for a live instance, whatever its state', () => {
    for (const facts of [{}, { taskState: 'deleting' }, { vmState: 'soft-delete' }, { host: null }])
      expectNone(/live row/, kind, { ...orphan, rows: [row(facts)] }, scene());
  });

  it('leaves the decision to its domain, which uses what it holds', () => {
    expectNone(/its domain/, kind, { ...orphan, domains: [domain()] }, scene());
  });

  it('is not found without allocations', () => {
    expectNone(/no allocations/, kind, { ...orphan, allocations: [] }, scene());
  });

  it('is unknown when a cell, the API database or Placement did not answer', () => {
    for (const unread of [`cell:${cell1}`, 'api-database', 'placement'])
      expectVerdict('unknown', kind, orphan, scene({ unread: [unread] }));
  });

  it('is unknown when the host of the allocation was not read', () => {
    const hosts = [host('compute-01', { silent: true }), host('compute-02')];
    expectVerdict('unknown', kind, rowless, scene({ hosts }));
  });

  it('is legitimate while its consumer is young: it is probably being created', () => {
    const young = { ...rowless, consumer: consumer({ createdAt: minutesAgo(59) }) };
    expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, young, scene()));
    expectVerdict('confirmed', kind, rowless, scene());
  });

  it('is as old as its newest allocation, which is all that Placement’s API tells of its age', () => {
    const byApi = (changedAt: string): Dossier => {
      const { projectId = '', allocations } = consumer();
      return { ...rowless, consumer: { projectId, allocations, changedAt } };
    };
    expectVerdict('legitimate', kind, byApi(minutesAgo(59)), scene());
    const { evidence, since } = expectVerdict('confirmed', kind, byApi(minutesAgo(61)), scene());
    assert.equal(since, minutesAgo(61));
    assert.match(evidence[0]?.text ?? '', /newest allocation was written/);
  });

  it('is legitimate while its delete is young: nova-compute removes them after the row', () => {
    const young = { ...orphan, rows: [deletedRow({ deletedAt: minutesAgo(2) })] };
    expectVerdict('legitimate', kind, young, scene());
  });

  it('is unknown when nobody knows how old the consumer is', () => {
    const timeless = dossier({
      allocations: orphan.allocations,
      mapping: mapping({ queuedForDelete: true }),
    });
    expectMissing(/how old/, expectVerdict('unknown', kind, timeless, scene()));
  });

  it('is not judged while it is being built', () => {
    const building = { ...rowless, mapping: unmapped(), buildRequestedAt: minutesAgo(2) };
    expectVerdict('legitimate', kind, building, scene());
    expectVerdict('unknown', kind, { ...building, buildRequestedAt: daysAgo(2) }, scene());
    expectVerdict('suspected', kind, { ...rowless, mapping: unmapped() }, scene());
  });

  it('is unknown when the database of its cell may not be Nova’s', () => {
    const cells = new Map([[cell1, cell('cell1', { missing: 40 })]]);
    expectVerdict('unknown', kind, { ...rowless, mapping: mapping() }, scene({ cells }));
  });

  it('is unknown when Nova’s API has the instance', () => {
    expectVerdict('unknown', kind, { ...orphan, novaApi: 'present' }, scene());
  });

  it('is suspected when nothing shows that it ever was an instance of this cloud', () => {
    const finding = expectVerdict('suspected', kind, stranger, scene());
    expectMissing(/another service, or another Nova/, finding);
    assert.equal(finding.remedy.wanted, false);
    const typed = { ...stranger, consumer: consumer({ type: 'INSTANCE' }) };
    expectVerdict('suspected', kind, typed, scene());
  });

  it('is confirmed when a mapping, an archived row or a delete shows that it was one', () => {
    for (const known of [
      { mapping: mapping() },
      { shadowCells: [cell1] },
      { deleteActions: [deleteAction(daysAgo(9))] },
    ])
      expectVerdict('confirmed', kind, { ...stranger, ...known }, scene());
  });

  it('is legitimate when the consumer is of another service', () => {
    for (const type of ['CYBORG', 'RESERVATION']) {
      const foreign = { ...orphan, consumer: consumer({ type }) };
      expectMissing(/another service/, expectVerdict('legitimate', kind, foreign, scene()));
    }
    for (const type of ['INSTANCE', 'unknown'])
      expectVerdict('confirmed', kind, { ...orphan, consumer: consumer({ type }) }, scene());
  });

  describe('whose consumer is a migration', () => {
    it('is unknown while that is in progress', () => {
      for (const status of ['accepted', 'running', 'post-migrating', null])
        expectMissing(/in progress/, expectVerdict('unknown', kind, moving({ status }), scene()));
    });

    it('is legitimate while a resize waits for confirm or revert: the revert needs it', () => {
      expectMissing(
        new RegExp(`a resize of ${otherUuid} waits`),
        expectVerdict('legitimate', kind, moving({ status: 'finished' }), scene()),
      );
    });

    it('is suspected when that is over: it was leaked', () => {
      for (const status of ['confirmed', 'completed', 'error'])
        expectMissing(/is over/, expectVerdict('suspected', kind, moving({ status }), scene()));
    });

    it('is confirmed when its instance is deleted, also in the middle of a resize', () => {
      for (const status of ['finished', 'running', 'error'])
        expectVerdict('confirmed', kind, moving({ status, deleted: true }), scene());
    });

    it('is unknown when Placement calls it a migration and no cell has it', () => {
      const gone = { ...orphan, consumer: consumer({ type: 'MIGRATION' }) };
      expectMissing(/no cell has a migration/, expectVerdict('unknown', kind, gone, scene()));
    });
  });
});
