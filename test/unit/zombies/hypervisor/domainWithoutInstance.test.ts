import assert from 'node:assert/strict';
import type { Domain } from '../../../../src/model/facts';
import { domainWithoutInstance } from '../../../../src/zombies/hypervisor/domainWithoutInstance';
import {
  cell1,
  deleteAction,
  deletedRow,
  daysAgo,
  directory,
  domain,
  dossier,
  leftovers,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const deleted = dossier({ rows: [deletedRow()], domains: [domain()] });
const unknownToNova = dossier({ domains: [domain()] });

function handmade(): Domain {
  const { host, uuid, name, state, disks } = domain();
  return { host, uuid, name, state, disks };
}

describe('domain without an instance', () => {
  it('is confirmed when Nova deleted the instance a week ago', () => {
    const finding = expectVerdict(
      'confirmed',
      domainWithoutInstance,
      { ...deleted, directories: [directory()] },
      scene(),
    );
    assert.deepEqual(finding.remedy.domains, deleted.domains);
    assert.deepEqual(finding.remedy.directories, [directory()]);
    assert.equal(finding.remedy.wanted, true);
    assert.equal(finding.since, deletedRow().deletedAt);
    assert.deepEqual([finding.remedy.depth, finding.remedy.depths], ['none', ['none']]);
  });

  it('leaves a directory on another host to the kind that looks at directories', () => {
    const { remedy } = found(
      domainWithoutInstance,
      { ...deleted, directories: [directory('compute-02')] },
      scene(),
    );
    assert.deepEqual(remedy.directories, []);
  });

  it('is legitimate while the reaper of nova-compute has time to act', () => {
    const young = dossier({ rows: [deletedRow({ deletedAt: minutesAgo(5) })], domains: [domain()] });
    expectMissing(
      /reaps the domain by itself/,
      expectVerdict('legitimate', domainWithoutInstance, young, scene()),
    );
  });

  it('is suspected when deleted_at is empty', () => {
    const byHand = dossier({ rows: [deletedRow({ deletedAt: null })], domains: [domain()] });
    expectMissing(/deleted_at is empty/, expectVerdict('suspected', domainWithoutInstance, byHand, scene()));
  });

  it('is confirmed when the row is archived: Nova never sees the domain again', () => {
    const archived = { ...unknownToNova, shadowCells: [cell1] };
    const { why, remedy } = expectVerdict('confirmed', domainWithoutInstance, archived, scene());
    assert.match(why, /archived/);
    assert.equal(remedy.wanted, true);
  });

  it('is suspected when no database knows it, and says what it may be', () => {
    const finding = expectVerdict('suspected', domainWithoutInstance, unknownToNova, scene());
    expectMissing(/another cloud may use this host/, finding);
    assert.equal(finding.remedy.wanted, false);
    assert.match(finding.ladder[0]?.title ?? '', /Nova has no fix/);
  });

  it('takes along the rows that are left without a parent', () => {
    const { remedy } = expectVerdict(
      'suspected',
      domainWithoutInstance,
      { ...unknownToNova, leftovers },
      scene(),
    );
    assert.deepEqual([remedy.depth, remedy.depths], ['purge', ['purge', 'none']]);
  });

  it('knows of a wish by a delete in the actions that are left, and stays suspected', () => {
    const asked = { ...unknownToNova, leftovers, deleteActions: [deleteAction(daysAgo(30))] };
    assert.equal(expectVerdict('suspected', domainWithoutInstance, asked, scene()).remedy.wanted, true);
  });

  it('is legitimate when it was made by hand: no metadata of Nova, known nowhere', () => {
    const byHand = handmade();
    expectMissing(
      /made by hand/,
      expectVerdict('legitimate', domainWithoutInstance, dossier({ domains: [byHand] }), scene()),
    );
    expectVerdict(
      'confirmed',
      domainWithoutInstance,
      dossier({ domains: [byHand], rows: [deletedRow()] }),
      scene(),
    );
    expectVerdict('suspected', domainWithoutInstance, dossier({ domains: [byHand], leftovers }), scene());
  });

  it('is not judged while a build request is there', () => {
    const building = { ...unknownToNova, buildRequestedAt: minutesAgo(1) };
    expectVerdict('legitimate', domainWithoutInstance, building, scene());
    expectVerdict('unknown', domainWithoutInstance, { ...building, buildRequestedAt: daysAgo(3) }, scene());
  });

  it('is judged in spite of a build request that outlived its row', () => {
    expectVerdict('confirmed', domainWithoutInstance, { ...deleted, buildRequestedAt: daysAgo(90) }, scene());
  });

  describe('with a live row', () => {
    const moved = dossier({ rows: [row()], domains: [domain('compute-02')] });

    it('is legitimate when its only domain is on another host than the row names: it is the instance', () => {
      expectMissing(
        /it is the instance itself/,
        expectVerdict('legitimate', domainWithoutInstance, moved, scene()),
      );
    });

    it('is unknown when both hosts have a domain', () => {
      const both = { ...moved, domains: [domain('compute-01'), domain('compute-02')] };
      expectMissing(
        /never start a stale copy/,
        expectVerdict('unknown', domainWithoutInstance, both, scene()),
      );
    });

    it('is unknown when the row names no host', () => {
      const homeless = { ...moved, rows: [row({ host: null, node: null, vmState: 'error' })] };
      expectVerdict('unknown', domainWithoutInstance, homeless, scene());
    });

    it('is legitimate while a resize waits for confirm', () => {
      expectVerdict(
        'legitimate',
        domainWithoutInstance,
        { ...moved, migrations: [migration('finished')] },
        scene(),
      );
    });

    it('is not found when the domain is where the row says', () => {
      const healthy = dossier({ rows: [row()], domains: [domain()] });
      expectNone(/where the row says: compute-01/, domainWithoutInstance, healthy, scene());
      assert.equal(domainWithoutInstance.candidate(glimpseOf(healthy), scene()), false);
    });
  });

  it('is not found without a domain', () => {
    expectNone(/no host that was read/, domainWithoutInstance, dossier({ rows: [deletedRow()] }), scene());
  });
});
