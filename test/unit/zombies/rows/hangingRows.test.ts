import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { legacyRows } from '../../../../src/zombies/rows/legacyRows';
import { liveRowsOfDeletedInstance } from '../../../../src/zombies/rows/liveRowsOfDeletedInstance';
import { shareLeftBehind } from '../../../../src/zombies/rows/shareLeftBehind';
import { cell1, cell2, deletedRow, domain, dossier, mapping, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { deletedTables, rowsIn, wholeTables } from '../things';

function deleted(tables: Dossier['tables'], facts: Partial<Dossier> = {}): Dossier {
  return dossier({ rows: [deletedRow()], tables, ...facts });
}

const hanging = [
  { kind: liveRowsOfDeletedInstance, zombie: deleted(wholeTables) },
  { kind: legacyRows, zombie: deleted([...deletedTables, rowsIn('consoles')]) },
  { kind: shareLeftBehind, zombie: deleted([...deletedTables, rowsIn('share_mapping')]) },
] as const;

describe('what hangs on a deleted row', () => {
  for (const { kind, zombie } of hanging) {
    describe(`as ${kind.id}`, () => {
      it('is confirmed, wanted, and mended without a word about anything else', () => {
        const { remedy } = expectVerdict('confirmed', kind, zombie, scene());
        assert.deepEqual([remedy.wanted, remedy.depth, remedy.depths], [true, 'repair', ['repair', 'none']]);
        assert.deepEqual([remedy.domains, remedy.directories, remedy.manual], [[], [], []]);
      });

      it('is not found of a live instance', () => {
        expectNone(/live row/, kind, { ...zombie, rows: [row()] }, scene());
        expectNone(/live row/, kind, { ...zombie, rows: [row({ cell: cell2 }), deletedRow()] }, scene());
      });

      it('is not found while a domain of it exists, nor where no cell has its row', () => {
        expectNone(/its domain still exists/, kind, { ...zombie, domains: [domain()] }, scene());
        expectNone(/no cell has its row/, kind, { ...zombie, rows: [] }, scene());
      });

      it('is legitimate when it was deleted a short time ago, suspected when nobody knows when', () => {
        const young = { ...zombie, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
        expectMissing(/its delete may not be over/, expectVerdict('legitimate', kind, young, scene()));
        const timeless = { ...zombie, rows: [deletedRow({ deletedAt: null })] };
        expectMissing(/deleted_at is empty/, expectVerdict('suspected', kind, timeless, scene()));
      });

      it('is not found where its tables were counted and have none', () => {
        const none = zombie.tables.map((table) => ({ ...table, rows: 0, live: 0 }));
        assert.equal(kind.judge({ ...zombie, tables: none }, scene()), undefined);
      });

      it('is not found after a delete by Nova itself', () => {
        assert.equal(kind.judge(deleted(deletedTables), scene()), undefined);
      });

      it('is suspected at the first look: one source alone shows it', () => {
        const rowsOnly = { ...zombie, rows: [deletedRow({ host: null, node: null })] };
        expectMissing(/scan again/, expectVerdict('suspected', kind, rowsOnly, scene({ seenBefore: false })));
      });
    });
  }
});

describe('live rows of a deleted instance', () => {
  it('are marked as Nova does, in the cell that has them', () => {
    const finding = found(liveRowsOfDeletedInstance, deleted(wholeTables), scene());
    assert.deepEqual(finding.remedy.repairs, [{ do: 'finish-delete', cell: cell1 }]);
    assert.match(finding.why, /11 rows below it/);
    assert.match(finding.ladder[0]?.command ?? '', /archive_deleted_rows/);
  });

  it('take along the tags and console tokens of their cell, as Nova does, and leave the shares', () => {
    const elsewhere = { ...rowsIn('tags'), cell: cell2 };
    const tables = [
      ...wholeTables,
      rowsIn('tags'),
      rowsIn('console_auth_tokens'),
      rowsIn('share_mapping'),
      elsewhere,
    ];
    assert.deepEqual(found(liveRowsOfDeletedInstance, deleted(tables), scene()).remedy.repairs, [
      { do: 'remove-rows', cell: cell1, table: 'tags' },
      { do: 'remove-rows', cell: cell1, table: 'console_auth_tokens' },
      { do: 'finish-delete', cell: cell1 },
    ]);
  });

  it('take the flag of the mapping along, where it is not set', () => {
    const counted = deleted(wholeTables, { mapping: mapping({ queuedForDelete: false }) });
    assert.deepEqual(found(liveRowsOfDeletedInstance, counted, scene()).remedy.repairs, [
      { do: 'finish-delete', cell: cell1 },
      { do: 'queue-mapping' },
    ]);
  });

  it('are not instance_actions: Nova keeps them on purpose', () => {
    const actions = [...deletedTables, rowsIn('instance_actions', 9), rowsIn('instance_actions_events', 9)];
    expectNone(/nothing below/, liveRowsOfDeletedInstance, deleted(actions), scene());
  });

  it('are not those of another cell than that of the deleted row', () => {
    const elsewhere = deletedTables.concat({ ...rowsIn('instance_metadata'), cell: cell2 });
    expectNone(/nothing below/, liveRowsOfDeletedInstance, deleted(elsewhere), scene());
  });

  it('are legitimate as the count that nova-compute keeps of its attempts, and that alone', () => {
    const attempts = (live: number): Dossier['tables'] =>
      deletedTables.map((each) => (each.table === 'instance_system_metadata' ? { ...each, live } : each));
    const finding = expectVerdict('legitimate', liveRowsOfDeletedInstance, deleted(attempts(1)), scene());
    expectMissing(/how often it tried/, finding);
    expectVerdict('confirmed', liveRowsOfDeletedInstance, deleted(attempts(2)), scene());
    const more = [...attempts(1), rowsIn('instance_faults')];
    expectVerdict('confirmed', liveRowsOfDeletedInstance, deleted(more), scene());
    const other = [...deletedTables, rowsIn('instance_faults')];
    expectVerdict('confirmed', liveRowsOfDeletedInstance, deleted(other), scene());
  });
});

describe('legacy rows', () => {
  it('go by table: each by its treatment', () => {
    const both = deleted([...deletedTables, rowsIn('fixed_ips', 2), rowsIn('consoles')]);
    assert.deepEqual(found(legacyRows, both, scene()).remedy.repairs, [
      { do: 'remove-rows', cell: cell1, table: 'fixed_ips' },
      { do: 'remove-rows', cell: cell1, table: 'consoles' },
    ]);
  });
});

describe('share left behind', () => {
  it('takes its rows away before an archive, after a look at the mount', () => {
    const left = deleted([...deletedTables, rowsIn('share_mapping', 2)]);
    const { remedy, ladder } = found(shareLeftBehind, left, scene());
    assert.deepEqual(remedy.repairs, [{ do: 'remove-rows', cell: cell1, table: 'share_mapping' }]);
    assert.match(ladder[0]?.title ?? '', /mounted/);
  });
});
