import assert from 'node:assert/strict';
import { deletedButLive } from '../../../../src/zombies/hypervisor/deletedButLive';
import { deletedRow, directory, domain, dossier, host, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = deletedButLive;
const deleted = row({ vmState: 'deleted', powerState: 0 });
const half = dossier({ rows: [deleted], directories: [directory()] });

describe('deleted, but its row is live', () => {
  it('is confirmed: Nova had done all but the last write', () => {
    const finding = expectVerdict('confirmed', kind, half, scene());
    assert.equal(finding.host, 'compute-01');
    assert.equal(finding.since, deleted.updatedAt);
    assert.equal(finding.remedy.wanted, true);
    assert.deepEqual(finding.remedy.depths, ['mark-deleted', 'complete', 'archive']);
    assert.deepEqual(finding.remedy.directories, half.directories);
  });

  it('is confirmed with the task still there, and then no other kind of a broken delete', () => {
    expectVerdict(
      'confirmed',
      kind,
      dossier({ rows: [row({ ...deleted, taskState: 'deleting' })] }),
      scene(),
    );
  });

  it('is not found while the delete is young, and is no candidate', () => {
    const young = dossier({ rows: [row({ vmState: 'deleted', updatedAt: minutesAgo(2) })] });
    expectNone(/under way.* 30 minutes/, kind, young, scene());
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('is suspected when a domain is on another host than the row names', () => {
    const elsewhere = { ...half, domains: [domain('compute-02')] };
    expectMissing(/but a domain is on compute-02/, expectVerdict('suspected', kind, elsewhere, scene()));
  });

  it('is suspected where there is no libvirt to ask', () => {
    const hosts = [host('compute-01', { hypervisorType: 'ironic' })];
    expectMissing(/no libvirt on compute-01/, expectVerdict('suspected', kind, half, scene({ hosts })));
  });

  it('says by what it knows that somebody wanted it gone', () => {
    assert.ok(found(kind, half, scene()).cleared.includes('Nova deleted it: vm_state is deleted'));
  });

  it('tries nova-compute first, which completes it when it starts', () => {
    assert.equal(found(kind, half, scene()).ladder[0]?.command, 'systemctl restart nova-compute');
  });

  it('is not found while deleting, for a soft-deleted row, and without a host', () => {
    const deleting = dossier({ rows: [row({ taskState: 'deleting' })] });
    expectNone(/no such delete/, kind, deleting, scene());
    assert.equal(kind.candidate(glimpseOf(deleting), scene()), false);
    expectNone(/no live row/, kind, dossier({ rows: [deletedRow()] }), scene());
    const homeless = dossier({ rows: [row({ ...deleted, host: null, node: null })] });
    expectNone(/names no host/, kind, homeless, scene());
  });
});
