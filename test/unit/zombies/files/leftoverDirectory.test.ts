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
    const archived = dossier({ shadowCells: [cell1], directories: [directory()] });
    expectVerdict('confirmed', leftoverDirectory, archived, scene());
  });

  it('is confirmed without a disk in it as well: that of a volume-backed instance has none', () => {
    const bare = { ...left, directories: [directory('compute-01', { bytes: 0 })] };
    expectVerdict('confirmed', leftoverDirectory, bare, scene());
    const lives = dossier({ rows: [row()], directories: bare.directories });
    expectNone(/live row/, leftoverDirectory, lives, scene());
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
    const rowless = dossier({ directories: [directory()], leftovers });
    const { remedy } = expectVerdict('suspected', leftoverDirectory, rowless, scene());
    assert.equal(remedy.depth, 'purge');
  });

  it('is legitimate when it was written to a minute ago', () => {
    const fresh = { ...left, directories: [directory('compute-01', { modifiedAt: minutesAgo(1) })] };
    expectMissing(/in use/, expectVerdict('legitimate', leftoverDirectory, fresh, scene()));
  });

  it('takes a time that cannot be read for recent', () => {
    const timeless = { ...left, directories: [directory('compute-01', { modifiedAt: '?' })] };
    expectVerdict('legitimate', leftoverDirectory, timeless, scene());
  });

  it('is legitimate when the instance was deleted a short time ago', () => {
    const young = { ...left, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    const finding = expectVerdict('legitimate', leftoverDirectory, young, scene());
    expectMissing(/removes the files by itself/, finding);
  });

  it('is suspected when deleted_at is empty', () => {
    const timeless = { ...left, rows: [deletedRow({ deletedAt: null })] };
    expectVerdict('suspected', leftoverDirectory, timeless, scene());
  });

  it('is not judged while a build request is there', () => {
    const building = dossier({ directories: [directory()], buildRequestedAt: minutesAgo(1) });
    expectVerdict('legitimate', leftoverDirectory, building, scene());
  });

  it('is not found for the directory of a live instance, wherever it is', () => {
    const healthy = dossier({ rows: [row()], domains: [domain()], directories: [directory()] });
    const elsewhere = { ...healthy, directories: [directory('compute-02')] };
    for (const live of [healthy, elsewhere]) {
      expectNone(/live row/, leftoverDirectory, live, scene());
      assert.equal(leftoverDirectory.candidate(glimpseOf(live), scene()), false);
    }
  });

  it('is not found where a domain of it is', () => {
    const runs = { ...left, domains: [domain()] };
    expectNone(/where its directory is/, leftoverDirectory, runs, scene());
    assert.equal(leftoverDirectory.candidate(glimpseOf(runs), scene()), false);
    const volumeBacked = { ...left, domains: [domain('compute-01', { disks: [] })] };
    expectNone(/where its directory is/, leftoverDirectory, volumeBacked, scene());
    assert.equal(leftoverDirectory.candidate(glimpseOf(volumeBacked), scene()), false);
  });

  it('is not found for a directory of another name', () => {
    const renamed = { ...left, directories: [directory('compute-01', { suffix: '_del' })] };
    expectNone(/of another name/, leftoverDirectory, renamed, scene());
    assert.equal(leftoverDirectory.candidate(glimpseOf(renamed), scene()), false);
  });

  describe('on shared storage', () => {
    const seenTwice = [directory('compute-01'), directory('compute-02')];

    it('is legitimate when a domain of it is on any host', () => {
      const runs = dossier({ domains: [domain()], directories: seenTwice });
      const finding = expectVerdict('legitimate', leftoverDirectory, runs, scene({ hosts: shared }));
      expectMissing(/shared/, finding);
    });

    it('is unknown when another host was not read, of whichever cell', () => {
      const hosts = [...shared, host('compute-04', { silent: true, cells: [cell2] })];
      expectVerdict('unknown', leftoverDirectory, { ...left, directories: seenTwice }, scene({ hosts }));
    });

    it('is confirmed when the instance is deleted and every host was read, and is removed once', () => {
      const both = { ...left, directories: seenTwice };
      const { remedy } = expectVerdict('confirmed', leftoverDirectory, both, scene({ hosts: shared }));
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

  it('does not promise that a restart removes what was evacuated away: it looks for domains only', () => {
    const evacuated = { ...left, migrations: [migration('completed', { type: 'evacuation' })] };
    const { ladder } = found(leftoverDirectory, evacuated, scene());
    assert.ok(ladder.every(({ title }) => !title.includes('restart')));
  });

  it('is not found without a directory', () => {
    expectNone(/no host that was read/, leftoverDirectory, dossier({ rows: [deletedRow()] }), scene());
  });
});
