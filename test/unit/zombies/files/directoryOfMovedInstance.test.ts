import assert from 'node:assert/strict';
import { directoryOfMovedInstance } from '../../../../src/zombies/files/directoryOfMovedInstance';
import { deletedRow, directory, domain, dossier, host, migration, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const own = directory('compute-01');
const stale = directory('compute-02');
const moved = dossier({ rows: [row()], domains: [domain()], directories: [own, stale] });
const shared = ['compute-01', 'compute-02'].map((name) => host(name, { sharedStorage: true }));

describe('directory of a moved instance', () => {
  it('is suspected where the instance does not live, and only that copy would go', () => {
    const { remedy, host: place } = expectVerdict('suspected', directoryOfMovedInstance, moved, scene());
    assert.equal(place, 'compute-02');
    assert.deepEqual(remedy.directories, [stale]);
    assert.deepEqual([remedy.wanted, remedy.depths], [false, ['none']]);
  });

  it('is not found for the directory where it lives, with a domain or without, with a disk or without', () => {
    const bare = directory('compute-01', { bytes: 0 });
    for (const healthy of [
      dossier({ rows: [row()], domains: [domain()], directories: [own] }),
      dossier({ rows: [row()], directories: [own] }),
      dossier({ rows: [row()], domains: [domain()], directories: [bare] }),
    ]) {
      expectNone(/where its directory is/, directoryOfMovedInstance, healthy, scene());
      assert.equal(directoryOfMovedInstance.candidate(glimpseOf(healthy), scene()), false);
    }
  });

  it('is not found where a domain of it runs, whatever the row says', () => {
    const runs = dossier({ rows: [row()], domains: [domain('compute-02')], directories: [stale] });
    expectNone(/where its directory is/, directoryOfMovedInstance, runs, scene());
  });

  it('is not found for an instance that is deleted: that is a leftover directory', () => {
    const deleted = { ...moved, rows: [deletedRow()], domains: [] };
    expectNone(/no live row/, directoryOfMovedInstance, deleted, scene());
    assert.equal(directoryOfMovedInstance.candidate(glimpseOf(deleted), scene()), false);
  });

  it('leaves what is being deleted to the delete', () => {
    const deleting = { ...moved, rows: [row({ taskState: 'deleting' })] };
    expectNone(/its delete decides/, directoryOfMovedInstance, deleting, scene());
  });

  it('is unknown when its domain was not seen on its own host: this may be its disk', () => {
    const finding = expectVerdict('unknown', directoryOfMovedInstance, { ...moved, domains: [] }, scene());
    expectMissing(/this may be its disk/, finding);
  });

  it('is legitimate when it is shelved, and unknown when it names no host for another reason', () => {
    const hostless = (vmState: string): typeof moved => ({
      ...moved,
      domains: [],
      rows: [row({ host: null, node: null, vmState })],
    });
    const finding = expectVerdict(
      'legitimate',
      directoryOfMovedInstance,
      hostless('shelved_offloaded'),
      scene(),
    );
    expectMissing(/shelved/, finding);
    const lost = expectVerdict('unknown', directoryOfMovedInstance, hostless('error'), scene());
    expectMissing(/names no host: this may be its disk/, lost);
  });

  it('is legitimate while a resize waits for confirm or revert', () => {
    const waiting = { ...moved, migrations: [migration('finished')] };
    expectMissing(
      /confirm or revert/,
      expectVerdict('legitimate', directoryOfMovedInstance, waiting, scene()),
    );
    const resized = { ...moved, rows: [row({ vmState: 'resized' })] };
    expectVerdict('legitimate', directoryOfMovedInstance, resized, scene());
  });

  it('is legitimate when it was written to a minute ago', () => {
    const fresh = { ...moved, directories: [own, directory('compute-02', { modifiedAt: minutesAgo(1) })] };
    expectMissing(/in use/, expectVerdict('legitimate', directoryOfMovedInstance, fresh, scene()));
  });

  it('is legitimate on storage that its own host shares', () => {
    const finding = expectVerdict('legitimate', directoryOfMovedInstance, moved, scene({ hosts: shared }));
    expectMissing(/shared/, finding);
    const domainless = { ...moved, domains: [] };
    expectMissing(
      /shared/,
      expectVerdict('unknown', directoryOfMovedInstance, domainless, scene({ hosts: shared })),
    );
  });

  it('names the workaround against the next one last, and no restart', () => {
    const { ladder } = found(directoryOfMovedInstance, moved, scene());
    assert.match(ladder[0]?.title ?? '', /^rename it aside/);
    assert.match(ladder.at(-1)?.title ?? '', /ensure_libvirt_rbd_instance_dir_cleanup/);
  });
});
