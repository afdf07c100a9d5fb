import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { ComputeNode, HostFacts } from '../../../../src/model/scene';
import { domainOnAnotherHost } from '../../../../src/zombies/hypervisor/domainOnAnotherHost';
import {
  cell2,
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  host,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = domainOnAnotherHost;
const moved = dossier({ rows: [row()], domains: [domain('compute-02')] });

function where(facts: Partial<HostFacts>): ReturnType<typeof scene> {
  return scene({ particulars: { 'compute-02': facts } });
}

describe('domain on another host', () => {
  it('is the instance itself: nothing of it is removed, and the row may be pointed at it', () => {
    const finding = expectVerdict('suspected', kind, moved, scene());
    assert.match(finding.why, /on compute-02, while its row names compute-01: it is the instance itself/);
    assert.equal(finding.host, 'compute-02');
    assert.deepEqual(finding.remedy, {
      wanted: false,
      depth: 'none',
      depths: ['none', 'repair'],
      domains: [],
      directories: [],
      manual: [],
      repairs: [
        {
          do: 'move-row',
          cell: row().cell,
          from: 'compute-01',
          host: 'compute-02',
          node: 'compute-02.example.org',
          computeId: 2,
        },
      ],
    });
  });

  it('stays suspected, and its domain stays, when a delete was asked for it once', () => {
    const asked = { ...moved, deleteActions: [deleteAction(daysAgo(14))] };
    const { remedy } = expectVerdict('suspected', kind, asked, scene());
    assert.deepEqual([remedy.wanted, remedy.domains], [false, []]);
  });

  it('is not pointed there where node or compute_id would be a guess', () => {
    const [node] = host('compute-02').computeNodes;
    assert.ok(node);
    const but = (facts: Partial<ComputeNode>): ComputeNode => ({ ...node, ...facts });
    for (const computeNodes of [
      [],
      [node, but({ id: 9, hypervisorHostname: 'compute-02' })],
      [but({ cell: cell2 })],
      [node, but({ cell: cell2, id: 9 })],
    ]) {
      const { remedy } = found(kind, moved, where({ computeNodes }));
      assert.deepEqual([remedy.depths, remedy.repairs], [['none'], undefined]);
    }
  });

  it('is pointed there with its compute_id too where the row has one', () => {
    const since2023 = { ...moved, rows: [row({ computeId: 1 })] };
    const [repair] = found(kind, since2023, scene()).remedy.repairs ?? [];
    assert.ok(repair?.do === 'move-row');
    assert.deepEqual([repair.host, repair.computeId], ['compute-02', 2]);
  });

  const twins: readonly [string, RegExp, Partial<Dossier>, ReturnType<typeof scene>?][] = [
    ['the row names no host', /names no host/, { rows: [row({ host: null, node: null, vmState: 'error' })] }],
    ['a task has not ended', /task_state is rebuilding/, { rows: [row({ taskState: 'rebuilding' })] }],
    ['Nova does not list that host', /does not list compute-02/, {}, where({ listed: false })],
    ['that host is one of another cell', /does not list compute-02/, {}, where({ cells: [cell2] })],
    [
      'the host of the row has no libvirt',
      /there is no libvirt/,
      {},
      scene({ hosts: [host('compute-01', { hypervisorType: 'ironic' }), host('compute-02')] }),
    ],
    [
      'the domain is off and the host of the row has a disk of it',
      /which is the newer/,
      { domains: [domain('compute-02', { state: 'shut off' })], directories: [directory()] },
    ],
    ['two cells have a live row', /2 cells/, { rows: [row(), row({ cell: cell2, id: 9 })] }],
  ];
  for (const [circumstance, text, facts, at] of twins) {
    it(`is unknown when ${circumstance}`, () => {
      expectMissing(text, expectVerdict('unknown', kind, { ...moved, ...facts }, at ?? scene()));
    });
  }

  it('is suspected when the domain runs, or the disk is one that both hosts share', () => {
    const off = { ...moved, domains: [domain('compute-02', { state: 'shut off' })] };
    expectVerdict('suspected', kind, { ...moved, directories: [directory()] }, scene());
    expectVerdict('suspected', kind, { ...off, directories: [directory('compute-02')] }, scene());
    const suffixed = { ...off, directories: [directory('compute-01', { suffix: '_resize' })] };
    expectVerdict('suspected', kind, suffixed, scene());
    const particulars = { 'compute-01': { sharedStorage: true } };
    expectVerdict('suspected', kind, { ...off, directories: [directory()] }, scene({ particulars }));
  });

  it('is legitimate while a resize waits for confirm', () => {
    for (const facts of [{ migrations: [migration('finished')] }, { rows: [row({ vmState: 'resized' })] }]) {
      expectMissing(/its other half/, expectVerdict('legitimate', kind, { ...moved, ...facts }, scene()));
    }
  });

  it('is legitimate when it was evacuated from there, until nova-compute of the source starts', () => {
    const facts = { type: 'evacuation', sourceCompute: 'compute-02', destCompute: 'compute-01' };
    const left = { ...moved, migrations: [migration('done', facts)] };
    expectMissing(/evacuated from compute-02/, expectVerdict('legitimate', kind, left, scene()));
    for (const migrations of [
      [migration('completed', facts)],
      [migration('done', { ...facts, type: 'live-migration' })],
      [migration('done', { ...facts, sourceCompute: 'compute-01', destCompute: 'compute-02' })],
    ]) {
      expectVerdict('suspected', kind, { ...moved, migrations }, scene());
    }
  });

  it('is legitimate while row or migration changed a short time ago: it may have moved between two looks', () => {
    const text = /may still be on its way/;
    const touched = { ...moved, rows: [row({ updatedAt: minutesAgo(5) })] };
    expectMissing(text, expectVerdict('legitimate', kind, touched, scene()));
    const migrations = [migration('completed', { updatedAt: minutesAgo(5) })];
    expectMissing(text, expectVerdict('legitimate', kind, { ...moved, migrations }, scene()));
  });

  it('is legitimate when a live row is hidden', () => {
    expectVerdict('legitimate', kind, { ...moved, rows: [row({ hidden: true })] }, scene());
  });

  it('is not found where the domain is at home, on two hosts, nowhere, being deleted, or without a live row', () => {
    const healthy = { ...moved, domains: [domain()] };
    expectNone(/where the row says: compute-01/, kind, healthy, scene());
    assert.equal(kind.candidate(glimpseOf(healthy), scene()), false);
    expectNone(/more than one host/, kind, { ...moved, domains: [domain(), domain('compute-02')] }, scene());
    expectNone(/no host that was read/, kind, { ...moved, domains: [] }, scene());
    const deleting = { ...moved, rows: [row({ taskState: 'deleting' })] };
    expectNone(/its delete decides/, kind, deleting, scene());
    const deleted = { ...moved, rows: [deletedRow()] };
    expectNone(/no live row/, kind, deleted, scene());
    assert.equal(kind.candidate(glimpseOf(deleted), scene()), false);
  });

  it('never starts it: SQL comes last, and nova-compute after it', () => {
    const { ladder } = found(kind, moved, scene());
    assert.match(ladder[1]?.title ?? '', /never reboot or start it/);
    assert.equal(ladder.at(-1)?.command, 'systemctl restart nova-compute');
  });
});
