import assert from 'node:assert/strict';
import type { Domain } from '../../../../src/model/facts';
import { domainWithoutInstance } from '../../../../src/zombies/hypervisor/domainWithoutInstance';
import {
  cell1,
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  leftovers,
  mapping,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = domainWithoutInstance;
const unknownToNova = dossier({ domains: [domain()] });

function handmade(): Domain {
  const { host, uuid, name, state, disks } = domain();
  return { host, uuid, name, state, disks };
}

describe('domain without an instance', () => {
  it('is suspected when no database knows it, and says what it may be', () => {
    const finding = expectVerdict('suspected', kind, unknownToNova, scene());
    expectMissing(/another cloud may use this host/, finding);
    assert.equal(finding.remedy.wanted, false);
    assert.deepEqual(finding.remedy.domains, unknownToNova.domains);
    assert.match(finding.ladder[0]?.title ?? '', /Nova has no fix/);
  });

  it('takes the directory beside it, and none on another host', () => {
    const directories = [directory(), directory('compute-02')];
    const { remedy } = found(kind, { ...unknownToNova, directories }, scene());
    assert.deepEqual(remedy.directories, [directory()]);
  });

  it('takes along the rows that are left without a parent', () => {
    const { remedy } = expectVerdict('suspected', kind, { ...unknownToNova, leftovers }, scene());
    assert.deepEqual([remedy.depth, remedy.depths], ['purge', ['purge', 'none']]);
  });

  it('knows of a wish by a delete in the actions that are left, and stays suspected', () => {
    const asked = { ...unknownToNova, leftovers, deleteActions: [deleteAction(daysAgo(30))] };
    assert.equal(expectVerdict('suspected', kind, asked, scene()).remedy.wanted, true);
  });

  it('is legitimate when it was made by hand: no metadata of Nova, known nowhere', () => {
    const byHand = dossier({ domains: [handmade()] });
    expectMissing(/made by hand/, expectVerdict('legitimate', kind, byHand, scene()));
  });

  it('is not taken for made by hand when any database knows the UUID', () => {
    const { allocations } = holdings;
    for (const facts of [
      { leftovers },
      { allocations },
      { mapping: mapping() },
      { deleteActions: [deleteAction(daysAgo(30))] },
    ]) {
      expectVerdict('suspected', kind, dossier({ domains: [handmade()], ...facts }), scene());
    }
  });

  it('is unknown when Nova’s own API has the instance', () => {
    expectMissing(
      /a cell that was not read/,
      expectVerdict('unknown', kind, { ...unknownToNova, novaApi: 'present' }, scene()),
    );
  });

  it('is not judged while a build request is there', () => {
    const building = { ...unknownToNova, buildRequestedAt: minutesAgo(1) };
    expectVerdict('legitimate', kind, building, scene());
    expectVerdict('unknown', kind, { ...building, buildRequestedAt: daysAgo(3) }, scene());
  });

  it('is suspected with a mapping that names no cell yet', () => {
    const onItsWay = { ...unknownToNova, mapping: mapping({ cell: null, cellId: null }) };
    expectMissing(/on its way into one/, expectVerdict('suspected', kind, onItsWay, scene()));
  });

  it('is not found with a row in any cell, live, deleted or archived, nor without a domain', () => {
    expectNone(/a cell has a row of it/, kind, { ...unknownToNova, rows: [deletedRow()] }, scene());
    const living = { ...unknownToNova, rows: [row()] };
    expectNone(/a cell has a row of it/, kind, living, scene());
    assert.equal(kind.candidate(glimpseOf(living), scene()), false);
    expectNone(/was archived/, kind, { ...unknownToNova, shadowCells: [cell1] }, scene());
    expectNone(/no host that was read/, kind, dossier({ leftovers }), scene());
    assert.equal(kind.candidate(glimpseOf(dossier({ leftovers })), scene()), false);
  });
});
