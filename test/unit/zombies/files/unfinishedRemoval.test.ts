import assert from 'node:assert/strict';
import { unfinishedRemoval } from '../../../../src/zombies/files/unfinishedRemoval';
import {
  cell1,
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
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

function renamed(hours: number): typeof left {
  const modifiedAt = minutesAgo(hours * 60);
  return { ...left, directories: [directory('compute-01', { suffix: '_del', modifiedAt })] };
}

const left = dossier({ rows: [deletedRow()], directories: [directory('compute-01', { suffix: '_del' })] });
const elsewhere = dossier({
  rows: [row()],
  domains: [domain()],
  directories: [directory('compute-02', { suffix: '_del' })],
});
const shared = ['compute-01', 'compute-02'].map((name) => host(name, { sharedStorage: true }));

describe('unfinished removal', () => {
  it('is confirmed after a day, and legitimate before: Nova renames first, and removes after it', () => {
    expectMissing(
      /_del directory of the last day/,
      expectVerdict('legitimate', unfinishedRemoval, renamed(5), scene()),
    );
    const { remedy } = expectVerdict('confirmed', unfinishedRemoval, renamed(30), scene());
    assert.deepEqual([remedy.wanted, remedy.directories.length], [true, 1]);
  });

  it('is legitimate when it was written to a minute ago', () => {
    expectMissing(/it is in use/, expectVerdict('legitimate', unfinishedRemoval, renamed(0.02), scene()));
  });

  it('is legitimate when the instance was deleted a short time ago', () => {
    const young = { ...left, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    expectMissing(/by itself/, expectVerdict('legitimate', unfinishedRemoval, young, scene()));
  });

  it('is suspected of an instance that lives elsewhere, legitimate while a resize of it waits', () => {
    expectVerdict('suspected', unfinishedRemoval, elsewhere, scene());
    const waiting = { ...elsewhere, migrations: [migration('finished')] };
    expectVerdict('legitimate', unfinishedRemoval, waiting, scene());
    expectVerdict('legitimate', unfinishedRemoval, elsewhere, scene({ hosts: shared }));
  });

  it('is suspected when no database has ever heard of it, and not judged while it is built', () => {
    const unheard = { ...left, rows: [] };
    expectVerdict('suspected', unfinishedRemoval, unheard, scene());
    expectVerdict('confirmed', unfinishedRemoval, { ...unheard, shadowCells: [cell1] }, scene());
    expectVerdict('legitimate', unfinishedRemoval, { ...unheard, buildRequestedAt: minutesAgo(1) }, scene());
  });

  it('lets nova-compute go on while cleaned is 0', () => {
    assert.match(found(unfinishedRemoval, left, scene()).ladder[0]?.title ?? '', /^wait for nova-compute/);
    const cleaned = { ...left, rows: [deletedRow({ cleaned: 1 })] };
    assert.match(found(unfinishedRemoval, cleaned, scene()).ladder[0]?.title ?? '', /^rename/);
  });

  it('is not found for a directory of another name', () => {
    expectNone(/of another name/, unfinishedRemoval, { ...left, directories: [directory()] }, scene());
  });
});
