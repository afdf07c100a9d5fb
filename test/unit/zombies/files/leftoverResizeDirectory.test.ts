import assert from 'node:assert/strict';
import { leftoverResizeDirectory } from '../../../../src/zombies/files/leftoverResizeDirectory';
import {
  cell1,
  cell2,
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

const copy = directory('compute-02', { suffix: '_resize' });
const here = directory('compute-01', { suffix: '_resize' });
const leaked = dossier({ rows: [deletedRow()], directories: [here] });
const stale = dossier({ rows: [row()], domains: [domain()], directories: [directory(), copy] });
const shared = ['compute-01', 'compute-02'].map((name) => host(name, { sharedStorage: true }));

describe('leftover resize directory', () => {
  it('is confirmed when the instance was deleted before anyone confirmed the resize', () => {
    const waiting = { ...leaked, directories: [copy], migrations: [migration('finished')] };
    const { remedy } = expectVerdict('confirmed', leftoverResizeDirectory, waiting, scene());
    assert.deepEqual([remedy.wanted, remedy.directories], [true, [copy]]);
  });

  it('is suspected of a live instance when nobody waits for it, and takes only that', () => {
    const { remedy } = expectVerdict('suspected', leftoverResizeDirectory, stale, scene());
    assert.deepEqual([remedy.wanted, remedy.directories], [false, [copy]]);
  });

  it('is not explained by a row that was deleted a short time ago in another cell', () => {
    const rows = [row(), deletedRow({ cell: cell2, id: 9, deletedAt: minutesAgo(5) })];
    expectVerdict('suspected', leftoverResizeDirectory, { ...stale, rows }, scene());
  });

  it('is legitimate while the resize waits for confirm', () => {
    const waiting = { ...stale, migrations: [migration('finished')] };
    expectMissing(
      /confirm or revert/,
      expectVerdict('legitimate', leftoverResizeDirectory, waiting, scene()),
    );
    const resized = { ...stale, rows: [row({ vmState: 'resized' })] };
    expectVerdict('legitimate', leftoverResizeDirectory, resized, scene());
  });

  it('is unknown when its domain was not seen on its own host', () => {
    const finding = expectVerdict('unknown', leftoverResizeDirectory, { ...stale, domains: [] }, scene());
    expectMissing(/this may be its disk/, finding);
  });

  it('is unknown, and never removed, on the host where it lives', () => {
    const atHome = { ...stale, directories: [here] };
    expectMissing(/by hand/, expectVerdict('unknown', leftoverResizeDirectory, atHome, scene()));
  });

  it('never takes the copy on the host where it lives along with another', () => {
    const both = { ...stale, directories: [copy, here] };
    assert.deepEqual(found(leftoverResizeDirectory, both, scene()).remedy.directories, [copy]);
  });

  it('is not found when a domain uses a file in it', () => {
    const used = { ...stale, domains: [domain(), domain('compute-02', { disks: [`${copy.path}/disk`] })] };
    expectNone(/where its directory is/, leftoverResizeDirectory, used, scene());
    assert.equal(leftoverResizeDirectory.candidate(glimpseOf(used), scene()), false);
  });

  it('leaves what is being deleted to the delete', () => {
    const deleting = { ...stale, rows: [row({ taskState: 'deleting' })] };
    expectNone(/its delete decides/, leftoverResizeDirectory, deleting, scene());
  });

  it('is legitimate when it was written to, or the instance deleted, a short time ago', () => {
    const fresh = directory('compute-01', { suffix: '_resize', modifiedAt: minutesAgo(1) });
    const written = { ...leaked, directories: [fresh] };
    expectMissing(/in use/, expectVerdict('legitimate', leftoverResizeDirectory, written, scene()));
    const young = { ...leaked, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    const finding = expectVerdict('legitimate', leftoverResizeDirectory, young, scene());
    expectMissing(/by itself/, finding);
  });

  it('is legitimate on shared storage while the instance lives', () => {
    const finding = expectVerdict('legitimate', leftoverResizeDirectory, stale, scene({ hosts: shared }));
    expectMissing(/shared/, finding);
  });

  it('is suspected when no database has ever heard of it, and not judged while it is built', () => {
    const unheard = dossier({ directories: [here], leftovers });
    expectVerdict('suspected', leftoverResizeDirectory, unheard, scene());
    expectVerdict('confirmed', leftoverResizeDirectory, { ...unheard, shadowCells: [cell1] }, scene());
    const building = { ...unheard, buildRequestedAt: minutesAgo(1) };
    expectVerdict('legitimate', leftoverResizeDirectory, building, scene());
  });

  it('lets nova-compute clean up after a migration in error of a deleted instance', () => {
    const failed = { ...leaked, migrations: [migration('error')] };
    const first = (facts: typeof leaked): string =>
      found(leftoverResizeDirectory, facts, scene()).ladder[0]?.title ?? '';
    assert.match(first(failed), /nova-compute run on compute-01/);
    assert.match(first(leaked), /^rename/);
    assert.match(first({ ...leaked, migrations: [migration('confirmed')] }), /^rename/);
    const arrived = [migration('error', { sourceCompute: 'compute-02', destCompute: 'compute-01' })];
    assert.match(first({ ...leaked, migrations: arrived }), /nova-compute run on compute-01/);
    const elsewhere = [migration('error', { sourceCompute: 'compute-02', destCompute: 'compute-02' })];
    assert.match(first({ ...leaked, migrations: elsewhere }), /^rename/);
    assert.match(first({ ...stale, migrations: [migration('error')] }), /^rename/);
    assert.match(first({ ...failed, rows: [], shadowCells: [cell1] }), /^rename/);
  });
});
