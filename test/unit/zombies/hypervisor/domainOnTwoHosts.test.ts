import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { domainOnTwoHosts } from '../../../../src/zombies/hypervisor/domainOnTwoHosts';
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

const kind = domainOnTwoHosts;
const stale = domain('compute-02', { state: 'shut off' });
const both = dossier({
  rows: [row()],
  domains: [domain(), stale],
  directories: [directory(), directory('compute-02')],
});

describe('domain on two hosts', () => {
  it('is suspected, and only the copy that the row does not name is removed, without a directory', () => {
    const finding = expectVerdict('suspected', kind, both, scene());
    assert.match(finding.why, /names compute-01, and domains of it are on compute-01, compute-02/);
    assert.equal(finding.host, 'compute-02');
    assert.deepEqual(finding.remedy, {
      wanted: false,
      depth: 'none',
      depths: ['none'],
      domains: [stale],
      directories: [],
      manual: [],
    });
    assert.match(finding.ladder[0]?.title ?? '', /never start the copy on compute-02/);
  });

  it('is suspected when both run: the host of the row has the instance', () => {
    const running = { ...both, domains: [domain(), domain('compute-02')] };
    assert.deepEqual(expectVerdict('suspected', kind, running, scene()).remedy.domains, [
      domain('compute-02'),
    ]);
  });

  it('stays suspected, and its own domain stays, when a delete was asked for it once', () => {
    const { remedy } = expectVerdict(
      'suspected',
      kind,
      { ...both, deleteActions: [deleteAction(daysAgo(14))] },
      scene(),
    );
    assert.deepEqual([remedy.wanted, remedy.domains], [false, [stale]]);
  });

  const unknown: readonly [string, RegExp, Partial<Dossier>][] = [
    [
      'the host of the row has none of them',
      /which has no domain of it/,
      { rows: [row({ host: 'compute-03', node: null })] },
    ],
    [
      'the domain at home is off, and the other one runs',
      /is off, and the one on compute-02 runs/,
      { domains: [domain('compute-01', { state: 'shut off' }), domain('compute-02')] },
    ],
    [
      'the domain at home is off, and the other one is paused: a migration that broke off',
      /is off/,
      { domains: [domain('compute-01', { state: 'shut off' }), domain('compute-02', { state: 'paused' })] },
    ],
    ['the row names no host', /names no host/, { rows: [row({ host: null, node: null, vmState: 'error' })] }],
    ['a task has not ended', /task_state is migrating/, { rows: [row({ taskState: 'migrating' })] }],
    ['two cells have a live row', /2 cells/, { rows: [row(), row({ cell: cell2, id: 9 })] }],
  ];
  for (const [circumstance, text, facts] of unknown) {
    it(`is unknown when ${circumstance}`, () => {
      const hosts = ['compute-01', 'compute-02', 'compute-03'].map((name) => host(name));
      expectMissing(text, expectVerdict('unknown', kind, { ...both, ...facts }, scene({ hosts })));
    });
  }

  it('says no more than that when the row names no host', () => {
    const homeless = { ...both, rows: [row({ host: null, node: null, vmState: 'error' })] };
    assert.equal(expectVerdict('unknown', kind, homeless, scene()).missing.length, 2);
  });

  it('is suspected when both are off', () => {
    const off = [domain('compute-01', { state: 'shut off' }), stale];
    expectVerdict('suspected', kind, { ...both, domains: off }, scene());
  });

  const explained: readonly [string, RegExp, Partial<Dossier>][] = [
    ['a resize waits for confirm', /its other half/, { rows: [row({ vmState: 'resized' })] }],
    ['a migration is finished', /its other half/, { migrations: [migration('finished')] }],
    [
      'it was evacuated from there',
      /evacuated from compute-02: nova-compute there destroys this copy/,
      { migrations: [migration('done', { type: 'evacuation', sourceCompute: 'compute-02' })] },
    ],
    ['its row changed just now', /may still be on its way/, { rows: [row({ updatedAt: minutesAgo(5) })] }],
    ['a live row is hidden', /hidden/, { rows: [row({ hidden: true })] }],
  ];
  for (const [circumstance, text, facts] of explained) {
    it(`is legitimate when ${circumstance}`, () => {
      expectMissing(text, expectVerdict('legitimate', kind, { ...both, ...facts }, scene()));
    });
  }

  it('is not found with one domain, while it is being deleted, and without a live row', () => {
    const healthy = { ...both, domains: [domain()] };
    expectNone(/no two hosts/, kind, healthy, scene());
    assert.equal(kind.candidate(glimpseOf(healthy), scene()), false);
    expectNone(/its delete decides/, kind, { ...both, rows: [row({ vmState: 'deleted' })] }, scene());
    const gone = { ...both, rows: [deletedRow()] };
    expectNone(/no live row/, kind, gone, scene());
    assert.equal(kind.candidate(glimpseOf(gone), scene()), false);
  });

  it('asks for the virsh commands last', () => {
    const commands = found(kind, both, scene()).ladder.flatMap(({ command }) => command ?? []);
    assert.equal(commands[0], 'systemctl restart nova-compute');
    assert.match(commands.at(-1) ?? '', /undefine/);
  });
});
