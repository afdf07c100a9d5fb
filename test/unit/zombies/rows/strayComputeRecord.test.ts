import assert from 'node:assert/strict';
import type { ComputeRecord } from '../../../../src/model/facts';
import { strayComputeRecord } from '../../../../src/zombies/rows/strayComputeRecord';
import { cell1, cell2, dossier, host, minutesAgo, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { computeRecord, without } from '../things';

function stray(facts: Partial<ComputeRecord> = {}): ReturnType<typeof dossier> {
  return dossier({ computeRecord: computeRecord(facts) });
}

const node = { table: 'compute_nodes', node: 'compute-77.example.org', hypervisorType: 'QEMU' } as const;
const command = `openstack --os-compute-api-version 2.53 compute service delete ${uuid}`;

describe('stray compute record', () => {
  it('is confirmed as a service without a node that has not reported for long', () => {
    const { remedy, host: place } = expectVerdict('confirmed', strayComputeRecord, stray(), scene());
    assert.equal(place, 'compute-77');
    assert.deepEqual(
      remedy.manual.map((step) => step.command),
      [command],
    );
    assert.deepEqual([remedy.wanted, remedy.depths, remedy.repairs], [false, ['none'], undefined]);
  });

  it('is never deleted as a row: of a node nothing is drafted', () => {
    const { remedy, ladder, why } = found(strayComputeRecord, stray(node), scene());
    assert.match(why, /a compute node without its nova-compute/);
    assert.deepEqual([remedy.manual, remedy.depths], [[], ['none']]);
    assert.match(ladder[0]?.title ?? '', /start nova-compute on compute-77/);
  });

  it('is found for a twin, in its cell or in another', () => {
    assert.match(
      found(strayComputeRecord, stray({ twins: [13], hasCounterpart: true }), scene()).why,
      /other rows/,
    );
    const elsewhere = stray({ otherCells: [cell2], hasCounterpart: true });
    assert.match(found(strayComputeRecord, elsewhere, scene()).why, /another cell/);
  });

  it('is not found when it is the only one and has its counterpart, or is no record', () => {
    expectNone(/the only one/, strayComputeRecord, stray({ hasCounterpart: true }), scene());
    expectNone(/no row of a compute service/, strayComputeRecord, dossier(), scene());
  });

  it('is legitimate of Ironic: many nodes for one service, or none', () => {
    const own = stray({ ...node, hypervisorType: 'ironic' });
    expectMissing(/of Ironic/, expectVerdict('legitimate', strayComputeRecord, own, scene()));
    const hosts = [host('compute-01'), host('compute-77', { hypervisorType: 'ironic' })];
    expectMissing(/of Ironic/, expectVerdict('legitimate', strayComputeRecord, stray(), scene({ hosts })));
  });

  it('is unknown while live instances name it: the host may have been renamed', () => {
    const finding = expectVerdict('unknown', strayComputeRecord, stray({ instances: 3 }), scene());
    expectMissing(/3 live instances name it: was the host renamed/, finding);
  });

  const anew = {
    'a node whose name an older record has under another host': {
      ...node,
      twins: [13],
      hasCounterpart: true,
    },
    'a service of a host that another cell still lists': { otherCells: [cell2], hasCounterpart: true },
  } as const;
  for (const [what, facts] of Object.entries(anew)) {
    it(`is legitimate as the live record of a host that was installed anew, with its instances: ${what}`, () => {
      const alive = stray({ ...facts, instances: 3, lastSeenUp: minutesAgo(1) });
      const finding = expectVerdict('legitimate', strayComputeRecord, alive, scene());
      expectMissing(/it is alive/, finding);
      assert.equal(finding.missing.length, 1);
      const dead = stray({ ...facts, instances: 3 });
      expectMissing(/was the host renamed/, expectVerdict('unknown', strayComputeRecord, dead, scene()));
      const leftBehind = stray({ ...facts, instances: 0 });
      expectVerdict('confirmed', strayComputeRecord, leftBehind, scene());
    });
  }

  it('is unknown with instances when nobody knows whether it reports', () => {
    const silent = without(computeRecord({ instances: 3 }), 'lastSeenUp');
    expectVerdict('unknown', strayComputeRecord, dossier({ computeRecord: silent }), scene());
  });

  it('is legitimate while it reports, suspected when nobody knows whether it ever did', () => {
    const alive = expectVerdict(
      'legitimate',
      strayComputeRecord,
      stray({ lastSeenUp: minutesAgo(60) }),
      scene(),
    );
    expectMissing(/it is alive/, alive);
    const silent = without(computeRecord(), 'lastSeenUp');
    expectVerdict('suspected', strayComputeRecord, dossier({ computeRecord: silent }), scene());
    expectVerdict('suspected', strayComputeRecord, stray({ lastSeenUp: '?' }), scene());
  });

  it('is legitimate on a host that is marked to be kept', () => {
    const keep = { scope: 'host', id: 'compute-77', reason: 'comes back', author: 'ann', since: '' } as const;
    expectVerdict('legitimate', strayComputeRecord, stray(), scene({ keeps: [keep] }));
  });

  it('is suspected at the first look: it may be starting for the first time', () => {
    expectVerdict('suspected', strayComputeRecord, stray(), scene({ seenBefore: false }));
    expectVerdict('unknown', strayComputeRecord, stray(), scene({ unread: [`cell:${cell1}`] }));
  });
});
