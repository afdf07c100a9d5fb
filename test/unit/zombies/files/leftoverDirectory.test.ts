import assert from 'node:assert/strict';
import { leftoverDirectory } from '../../../../src/zombies/files/leftoverDirectory';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  host,
  leftovers,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const left = dossier({ rows: [deletedRow()], directories: [directory()] });
const shared = ['compute-01', 'compute-02'].map((name) => host(name, { sharedStorage: true }));
const resizeCopy = directory('compute-02', { suffix: '_resize' });
const stale = dossier({ rows: [row()], domains: [domain()], directories: [directory(), resizeCopy] });

describe('leftover directory', () => {
  it('is confirmed when Nova deleted the instance a week ago', () => {
    const finding = expectVerdict('confirmed', leftoverDirectory, left, scene());
    assert.deepEqual(finding.remedy.directories, left.directories);
    assert.deepEqual(finding.remedy.domains, []);
    assert.equal(finding.remedy.wanted, true);
    assert.equal(finding.remedy.depth, 'none');
    assert.equal(finding.since, directory().modifiedAt);
  });

  it('is confirmed when the row is archived', () => {
    expectVerdict(
      'confirmed',
      leftoverDirectory,
      dossier({ shadowCells: [cell1], directories: [directory()] }),
      scene(),
    );
  });

  it('is suspected when no database has ever heard of it', () => {
    const { remedy } = expectVerdict(
      'suspected',
      leftoverDirectory,
      dossier({ directories: [directory()] }),
      scene(),
    );
    assert.equal(remedy.wanted, false);
  });

  it('says of every unread host that it was not looked for there, when no cell knows it', () => {
    const hosts = [host('compute-01'), host('compute-04', { silent: true, cells: [cell2] })];
    const finding = expectVerdict(
      'suspected',
      leftoverDirectory,
      dossier({ directories: [directory()] }),
      scene({ hosts }),
    );
    expectMissing(/not looked for on: compute-04/, finding);
  });

  it('takes along the rows that are left without a parent', () => {
    const { remedy } = expectVerdict(
      'suspected',
      leftoverDirectory,
      dossier({ directories: [directory()], leftovers }),
      scene(),
    );
    assert.equal(remedy.depth, 'purge');
  });

  it('is legitimate when it was written to a minute ago', () => {
    const fresh = { ...left, directories: [directory('compute-01', { modifiedAt: minutesAgo(1) })] };
    expectMissing(/in use/, expectVerdict('legitimate', leftoverDirectory, fresh, scene()));
  });

  it('takes a time that cannot be read for recent', () => {
    expectVerdict(
      'legitimate',
      leftoverDirectory,
      { ...left, directories: [directory('compute-01', { modifiedAt: '?' })] },
      scene(),
    );
  });

  it('is legitimate when the instance was deleted a short time ago', () => {
    const young = { ...left, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    expectMissing(
      /removes the files by itself/,
      expectVerdict('legitimate', leftoverDirectory, young, scene()),
    );
  });

  it('is suspected when deleted_at is empty', () => {
    expectVerdict(
      'suspected',
      leftoverDirectory,
      { ...left, rows: [deletedRow({ deletedAt: null })] },
      scene(),
    );
  });

  it('is legitimate as a _del directory of the last day, and confirmed later', () => {
    const renamed = (hours: number): typeof left => ({
      ...left,
      directories: [directory('compute-01', { suffix: '_del', modifiedAt: minutesAgo(hours * 60) })],
    });
    expectVerdict('legitimate', leftoverDirectory, renamed(5), scene());
    expectVerdict('confirmed', leftoverDirectory, renamed(30), scene());
  });

  it('is confirmed as a _resize whose instance was deleted before anyone confirmed the resize', () => {
    const leaked = { ...left, directories: [resizeCopy], migrations: [migration('finished')] };
    expectVerdict('confirmed', leftoverDirectory, leaked, scene());
  });

  it('is not judged while a build request is there', () => {
    const building = dossier({ directories: [directory()], buildRequestedAt: minutesAgo(1) });
    expectVerdict('legitimate', leftoverDirectory, building, scene());
  });

  describe('of a live instance', () => {
    it('is not found for its own directory', () => {
      const healthy = dossier({ rows: [row()], domains: [domain()], directories: [directory()] });
      expectNone(/where its directory is/, leftoverDirectory, healthy, scene());
      assert.equal(leftoverDirectory.candidate(glimpseOf(healthy), scene()), false);
    });

    it('is not found for its own directory when the domain is gone', () => {
      expectNone(
        /where its directory is/,
        leftoverDirectory,
        dossier({ rows: [row()], directories: [directory()] }),
        scene(),
      );
    });

    it('is not found where a domain of it runs, whatever the row says', () => {
      const moved = dossier({
        rows: [row()],
        domains: [domain('compute-02')],
        directories: [directory('compute-02')],
      });
      expectNone(/where its directory is/, leftoverDirectory, moved, scene());
    });

    it('is suspected as a _resize that nobody waits for, and takes only that', () => {
      const { remedy } = expectVerdict('suspected', leftoverDirectory, stale, scene());
      assert.deepEqual(remedy.directories, [resizeCopy]);
      assert.equal(remedy.wanted, false);
    });

    it('is legitimate as a _resize while the resize waits for confirm', () => {
      expectVerdict(
        'legitimate',
        leftoverDirectory,
        { ...stale, migrations: [migration('finished')] },
        scene(),
      );
      expectVerdict(
        'legitimate',
        leftoverDirectory,
        { ...stale, rows: [row({ vmState: 'resized' })] },
        scene(),
      );
    });

    it('is unknown when its domain was not seen on its own host', () => {
      expectMissing(
        /this may be its disk/,
        expectVerdict('unknown', leftoverDirectory, { ...stale, domains: [] }, scene()),
      );
    });

    it('is unknown, and never removed, on the host where it lives', () => {
      const here = { ...stale, directories: [directory('compute-01', { suffix: '_resize' })] };
      expectMissing(/by hand/, expectVerdict('unknown', leftoverDirectory, here, scene()));
    });

    it('never takes the copy on the host where it lives along with another', () => {
      const both = { ...stale, directories: [resizeCopy, directory('compute-01', { suffix: '_resize' })] };
      assert.deepEqual(found(leftoverDirectory, both, scene()).remedy.directories, [resizeCopy]);
    });

    it('is not found when a domain uses a file in it', () => {
      const used = {
        ...stale,
        domains: [domain(), domain('compute-02', { disks: [`${resizeCopy.path}/disk`] })],
      };
      expectNone(/where its directory is/, leftoverDirectory, used, scene());
    });

    it('is legitimate when it is shelved, and unknown when it names no host for another reason', () => {
      const offloaded = {
        ...stale,
        domains: [],
        rows: [row({ host: null, node: null, vmState: 'shelved_offloaded' })],
      };
      expectVerdict('legitimate', leftoverDirectory, offloaded, scene());
      expectVerdict(
        'unknown',
        leftoverDirectory,
        { ...offloaded, rows: [row({ host: null, node: null, vmState: 'error' })] },
        scene(),
      );
    });

    it('leaves what is being deleted to the delete', () => {
      expectNone(
        /its delete decides/,
        leftoverDirectory,
        { ...stale, rows: [row({ taskState: 'deleting' })] },
        scene(),
      );
    });
  });

  describe('on shared storage', () => {
    const seenTwice = [directory('compute-01'), directory('compute-02')];

    it('is legitimate when the instance lives on any host', () => {
      const lives = dossier({ rows: [row()], domains: [domain()], directories: seenTwice });
      expectMissing(
        /shared/,
        expectVerdict('legitimate', leftoverDirectory, lives, scene({ hosts: shared })),
      );
      expectVerdict('suspected', leftoverDirectory, lives, scene());
    });

    it('is legitimate when a domain of it is on any host', () => {
      const runs = dossier({ domains: [domain()], directories: seenTwice });
      expectVerdict('legitimate', leftoverDirectory, runs, scene({ hosts: shared }));
    });

    it('is unknown when another host was not read, of whichever cell', () => {
      const hosts = [...shared, host('compute-04', { silent: true, cells: [cell2] })];
      expectVerdict('unknown', leftoverDirectory, { ...left, directories: seenTwice }, scene({ hosts }));
    });

    it('is confirmed when the instance is deleted and every host was read, and is removed once', () => {
      const { remedy } = expectVerdict(
        'confirmed',
        leftoverDirectory,
        { ...left, directories: seenTwice },
        scene({ hosts: shared }),
      );
      assert.equal(remedy.directories.length, 1);
    });
  });

  it('lets Nova try again first, while cleaned is 0', () => {
    const title = (lastSeenUp: string): string => {
      const hosts = [host('compute-01', { lastSeenUp })];
      return found(leftoverDirectory, left, scene({ hosts })).ladder[0]?.title ?? '';
    };
    assert.match(title(minutesAgo(0.1)), /^wait for nova-compute on compute-01/);
    assert.match(title(daysAgo(2)), /^start nova-compute on compute-01/);
    const cleaned = { ...left, rows: [deletedRow({ cleaned: 1 })] };
    assert.match(found(leftoverDirectory, cleaned, scene()).ladder[0]?.title ?? '', /^rename/);
  });

  it('lets nova-compute remove what was evacuated away', () => {
    const evacuated = { ...left, migrations: [migration('completed', { type: 'evacuation' })] };
    assert.match(found(leftoverDirectory, evacuated, scene()).ladder[0]?.title ?? '', /evacuated/);
  });

  it('is not found without a directory', () => {
    expectNone(/no host that was read/, leftoverDirectory, dossier({ rows: [deletedRow()] }), scene());
  });
});
