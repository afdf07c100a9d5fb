import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { resizeUnconfirmed } from '../../../../src/zombies/hypervisor/resizeUnconfirmed';
import { cell2, daysAgo, deletedRow, directory, domain, dossier, migration, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = resizeUnconfirmed;
const resized = dossier({
  rows: [row({ vmState: 'resized', host: 'compute-02', node: 'compute-02.example.org' })],
  domains: [domain('compute-02')],
  directories: [directory('compute-01', { suffix: '_resize' }), directory('compute-02')],
  migrations: [migration('finished', { type: 'resize' })],
});

function but(facts: Partial<Dossier>): Dossier {
  return { ...resized, ...facts };
}

describe('resize not confirmed', () => {
  it('is suspected after weeks, and only its owner’s decision mends it', () => {
    const finding = expectVerdict('suspected', kind, resized, scene());
    assert.equal(finding.host, 'compute-02');
    assert.equal(finding.since, daysAgo(20));
    const { manual, ...rest } = finding.remedy;
    assert.deepEqual(rest, { wanted: false, depth: 'none', depths: ['none'], domains: [], directories: [] });
    assert.deepEqual(
      manual.map(({ command }) => command),
      [`openstack server resize confirm ${resized.uuid}`],
    );
    assert.match(manual[0]?.why ?? '', /resize revert/);
  });

  it('is legitimate for the first week, and no candidate', () => {
    const young = but({
      rows: [row({ vmState: 'resized', updatedAt: daysAgo(2) })],
      migrations: [migration('finished', { updatedAt: daysAgo(2) })],
    });
    expectMissing(/has yet to confirm or revert/, expectVerdict('legitimate', kind, young, scene()));
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('counts from when the new machine was launched, if that is later', () => {
    const rows = [row({ vmState: 'resized', launchedAt: daysAgo(2) })];
    expectVerdict('legitimate', kind, but({ rows }), scene());
  });

  it('is legitimate when nobody knows since when', () => {
    const rows = [row({ vmState: 'resized', launchedAt: null, updatedAt: null })];
    const migrations = [migration('finished', { updatedAt: null })];
    expectVerdict('legitimate', kind, but({ rows, migrations }), scene());
  });

  it('is unknown when row and migration disagree: the API can do neither', () => {
    expectMissing(
      /no migration waits for confirm/,
      expectVerdict('unknown', kind, but({ migrations: [migration('error')] }), scene()),
    );
    expectMissing(
      /migration 31 waits for confirm, but vm_state active/,
      expectVerdict('unknown', kind, but({ rows: [row()] }), scene()),
    );
  });

  it('is unknown while a task has not ended, or two cells have a live row', () => {
    const confirming = but({ rows: [row({ vmState: 'resized', taskState: 'resize_confirming' })] });
    expectMissing(/task_state is resize_confirming/, expectVerdict('unknown', kind, confirming, scene()));
    const rows = [row({ vmState: 'resized' }), row({ cell: cell2, id: 9 })];
    expectVerdict('unknown', kind, but({ rows }), scene());
  });

  it('is legitimate when a live row is hidden: the other copy of a resize across cells', () => {
    expectVerdict('legitimate', kind, but({ rows: [row({ vmState: 'resized', hidden: true })] }), scene());
  });

  it('is not found without a resize, and without a live row', () => {
    expectNone(/no resize waits/, kind, dossier({ rows: [row()] }), scene());
    assert.equal(kind.candidate(glimpseOf(dossier({ rows: [row()] })), scene()), false);
    expectNone(/no live row/, kind, but({ rows: [deletedRow()] }), scene());
  });

  it('asks its owner first', () => {
    const { ladder } = found(kind, resized, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command?.split(' ')[3]),
      [undefined, 'confirm', 'revert'],
    );
  });
});
