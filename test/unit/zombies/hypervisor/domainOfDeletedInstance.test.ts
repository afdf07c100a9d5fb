import assert from 'node:assert/strict';
import { domainOfDeletedInstance } from '../../../../src/zombies/hypervisor/domainOfDeletedInstance';
import {
  cell,
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  mapping,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = domainOfDeletedInstance;
const deleted = dossier({ rows: [deletedRow()], domains: [domain()] });
const archived = dossier({ domains: [domain()], shadowCells: [cell1] });

describe('domain of a deleted instance', () => {
  it('is confirmed when Nova deleted the instance a week ago', () => {
    const finding = expectVerdict('confirmed', kind, { ...deleted, directories: [directory()] }, scene());
    assert.deepEqual(finding.remedy.domains, deleted.domains);
    assert.deepEqual(finding.remedy.directories, [directory()]);
    assert.equal(finding.remedy.wanted, true);
    assert.equal(finding.since, deletedRow().deletedAt);
    assert.equal(finding.host, 'compute-01');
    assert.deepEqual([finding.remedy.depth, finding.remedy.depths], ['none', ['none']]);
  });

  it('takes the domains on every host', () => {
    const twice = { ...deleted, domains: [domain(), domain('compute-02')] };
    assert.deepEqual(found(kind, twice, scene()).remedy.domains, twice.domains);
  });

  it('leaves a directory on another host to the kind that looks at directories', () => {
    const { remedy } = found(kind, { ...deleted, directories: [directory('compute-02')] }, scene());
    assert.deepEqual(remedy.directories, []);
  });

  it('is legitimate while the reaper of nova-compute has time to act', () => {
    const young = dossier({ rows: [deletedRow({ deletedAt: minutesAgo(5) })], domains: [domain()] });
    expectMissing(/reaps the domain by itself/, expectVerdict('legitimate', kind, young, scene()));
  });

  it('counts from the later delete when two cells have its row', () => {
    const rows = [deletedRow(), deletedRow({ cell: cell2, deletedAt: minutesAgo(5) })];
    expectVerdict('legitimate', kind, { ...deleted, rows }, scene());
  });

  it('is suspected when deleted_at is empty', () => {
    const byHand = dossier({ rows: [deletedRow({ deletedAt: null })], domains: [domain()] });
    expectMissing(/deleted_at is empty/, expectVerdict('suspected', kind, byHand, scene()));
  });

  it('is suspected when deleted is not the id: the reaper never sees it, and nobody asked Nova', () => {
    const byHand = dossier({ rows: [deletedRow({ deleted: 1 })], domains: [domain()] });
    expectMissing(/marked as deleted by hand/, expectVerdict('suspected', kind, byHand, scene()));
  });

  it('is confirmed when the row is archived: Nova never sees the domain again', () => {
    const { why, remedy, ladder } = expectVerdict('confirmed', kind, archived, scene());
    assert.match(why, /archived/);
    assert.equal(remedy.wanted, true);
    assert.match(ladder[0]?.title ?? '', /Nova has no fix/);
  });

  it('waits for nova-compute before virsh while its row is there', () => {
    const { ladder } = found(kind, deleted, scene());
    assert.match(ladder[0]?.title ?? '', /wait for nova-compute on compute-01/);
    assert.deepEqual(
      ladder.slice(1).map(({ command }) => command?.split(' ')[0]),
      ['systemctl', 'virsh', 'virsh', 'virsh'],
    );
  });

  it('is unknown when Nova’s own API has the instance', () => {
    expectMissing(
      /Nova’s API has the instance/,
      expectVerdict('unknown', kind, { ...deleted, novaApi: 'present' }, scene()),
    );
    expectVerdict('confirmed', kind, { ...deleted, novaApi: 'absent' }, scene());
  });

  it('is unknown when the API database has it in another cell, whose rows are not whole', () => {
    const cells = new Map([
      [cell1, cell('cell1')],
      [cell2, cell('cell2', { mapped: 80, missing: 8 })],
    ]);
    const elsewhere = { ...deleted, mapping: mapping({ cell: cell2 }) };
    expectMissing(/in cell2 have no row there/, expectVerdict('unknown', kind, elsewhere, scene({ cells })));
    expectVerdict('confirmed', kind, { ...deleted, mapping: mapping() }, scene({ cells }));
  });

  it('is judged in spite of a build request that outlived its row', () => {
    expectVerdict('confirmed', kind, { ...deleted, buildRequestedAt: daysAgo(90) }, scene());
  });

  it('is confirmed without metadata of Nova too: the row says whose it was', () => {
    const { host, uuid, name, state, disks } = domain();
    expectVerdict('confirmed', kind, { ...deleted, domains: [{ host, uuid, name, state, disks }] }, scene());
  });

  it('is not found without a domain, with a live row, and without any row', () => {
    const without = dossier({ rows: [deletedRow()] });
    expectNone(/no host that was read/, kind, without, scene());
    assert.equal(kind.candidate(glimpseOf(without), scene()), false);
    const living = { ...deleted, rows: [deletedRow(), row({ cell: cell2 })] };
    expectNone(/a cell has a live row/, kind, living, scene());
    assert.equal(kind.candidate(glimpseOf(living), scene()), false);
    expectNone(/deleted or archived/, kind, dossier({ domains: [domain()] }), scene());
  });
});
