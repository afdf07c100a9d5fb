import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { deletedByHand } from '../../../../src/zombies/hypervisor/deletedByHand';
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
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { rowsIn } from '../things';

const kind = deletedByHand;
const marked = deletedRow({ deleted: 1, deletedAt: null });
const byHand = dossier({ rows: [marked] });

function but(facts: Partial<Dossier>): Dossier {
  return { ...byHand, ...facts };
}

describe('deleted by hand', () => {
  it('is confirmed, and finished as Nova would have written it', () => {
    const finding = expectVerdict('confirmed', kind, byHand, scene());
    assert.match(finding.why, /deleted is 1 and its id 7, deleted_at is NULL/);
    assert.equal(finding.since, daysAgo(7));
    assert.deepEqual(finding.remedy, {
      wanted: true,
      depth: 'repair',
      depths: ['repair', 'none'],
      domains: [],
      directories: [],
      manual: [],
      repairs: [{ do: 'finish-delete', cell: cell1 }],
    });
  });

  it('is confirmed by either of the two marks, and repairs each cell that has one', () => {
    expectVerdict('confirmed', kind, but({ rows: [deletedRow({ deleted: 1 })] }), scene());
    const rows = [deletedRow({ deletedAt: null }), deletedRow({ cell: cell2, deleted: 1 })];
    assert.deepEqual(
      expectVerdict('confirmed', kind, but({ rows }), scene()).remedy.repairs?.map((repair) => repair),
      [
        { do: 'finish-delete', cell: cell1 },
        { do: 'finish-delete', cell: cell2 },
      ],
    );
    const one = [marked, deletedRow({ cell: cell2, id: 9, deleted: 9 })];
    assert.equal(found(kind, but({ rows: one }), scene()).remedy.repairs?.length, 1);
  });

  it('loses its tags and console tokens, as Nova does it, and keeps shares for the kind that knows of mounts', () => {
    const tables = [
      rowsIn('tags', 2),
      rowsIn('console_auth_tokens'),
      rowsIn('share_mapping'),
      rowsIn('instance_actions'),
    ];
    assert.deepEqual(expectVerdict('confirmed', kind, but({ tables }), scene()).remedy.repairs, [
      { do: 'remove-rows', cell: cell1, table: 'tags' },
      { do: 'remove-rows', cell: cell1, table: 'console_auth_tokens' },
      { do: 'finish-delete', cell: cell1 },
    ]);
  });

  it('queues the mapping in the same plan where that still counts the instance', () => {
    const counted = but({ mapping: mapping({ queuedForDelete: false }) });
    assert.deepEqual(found(kind, counted, scene()).remedy.repairs, [
      { do: 'finish-delete', cell: cell1 },
      { do: 'queue-mapping' },
    ]);
  });

  it('is only suspected at first sight when no host was named that could say that nothing is there', () => {
    const homeless = but({ rows: [deletedRow({ deleted: 1, host: null, node: null })] });
    expectVerdict('suspected', kind, homeless, scene({ seenBefore: false }));
    expectVerdict('confirmed', kind, byHand, scene({ seenBefore: false }));
  });

  it('is unknown when its domain is on a host: that decides first', () => {
    expectMissing(
      /its domain is on compute-01/,
      expectVerdict('unknown', kind, but({ domains: [domain()] }), scene()),
    );
  });

  it('is suspected when a directory of it is on a host', () => {
    expectMissing(
      /a directory of it is on compute-01/,
      expectVerdict('suspected', kind, but({ directories: [directory()] }), scene()),
    );
  });

  it('is unknown when shadow_instances of its cell has it: it is being archived', () => {
    expectMissing(/being archived/, expectVerdict('unknown', kind, but({ shadowCells: [cell1] }), scene()));
    expectVerdict('confirmed', kind, but({ shadowCells: [cell2] }), scene());
  });

  it('is unknown when another cell has a live row, or Nova’s own API has it', () => {
    const rows = [marked, row({ cell: cell2, id: 9 })];
    expectMissing(/another cell has a live row/, expectVerdict('unknown', kind, but({ rows }), scene()));
    expectMissing(
      /Nova’s API has the instance/,
      expectVerdict('unknown', kind, but({ novaApi: 'present' }), scene()),
    );
  });

  it('is unknown when the API database has it in another cell, whose rows are not whole', () => {
    const cells = new Map([
      [cell1, cell('cell1')],
      [cell2, cell('cell2', { mapped: 80, missing: 8 })],
    ]);
    const elsewhere = but({ mapping: mapping({ cell: cell2 }) });
    expectMissing(/in cell2 have no row/, expectVerdict('unknown', kind, elsewhere, scene({ cells })));
  });

  it('is legitimate while its row changed a short time ago: the hand may not be done', () => {
    for (const facts of [
      { updatedAt: minutesAgo(5) },
      { deletedAt: minutesAgo(5) },
      { createdAt: null, updatedAt: null },
    ]) {
      const rows = [deletedRow({ deleted: 1, deletedAt: null, ...facts })];
      expectMissing(/may not be done/, expectVerdict('legitimate', kind, but({ rows }), scene()));
    }
  });

  it('is not found in what Nova deleted, in a live row, and without any', () => {
    expectNone(/as Nova does it/, kind, but({ rows: [deletedRow()] }), scene());
    expectNone(/no cell has a soft-deleted row/, kind, but({ rows: [row()] }), scene());
    expectNone(/no cell has a soft-deleted row/, kind, dossier(), scene());
  });

  it('has no official way but the archive afterwards', () => {
    const { ladder } = found(kind, byHand, scene());
    assert.match(ladder[0]?.title ?? '', /Nova has no fix/);
    assert.match(ladder.at(-1)?.command ?? '', /archive_deleted_rows/);
  });
});
