import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { DatabaseContent, DraftSubject } from '../../../src/model/content';
import type { UnitStep } from '../../../src/model/plan';
import type { RowRepair } from '../../../src/model/rowRepair';
import { assertGolden } from './golden';
import {
  deletedContent,
  endMigration,
  finishDelete,
  forgetVolume,
  mapToCell,
  moveRow,
  queueMapping,
  removeRows,
  repaired,
  unmapped,
} from './repairs';
import { schemaOf } from './schemas';
import { apiContent, cell1, cell2, cellContent, inputOf, instance, mapping, orphans, zed } from './subjects';

function textOf(subject: DraftSubject): string {
  return draft(inputOf(subject)).text;
}

function unitsOf(subject: DraftSubject): UnitStep[] {
  const { sections } = parse(textOf(subject));
  return sections.flatMap(({ steps }) => steps.filter((step) => step.step === 'unit'));
}

function changesOf(subject: DraftSubject): string[] {
  return unitsOf(subject)
    .flatMap(({ statements }) => statements)
    .filter(({ kind }) => kind !== 'select')
    .map(({ sql }) => sql);
}

function reasonFor(repair: RowRepair, ...contents: readonly DatabaseContent[]): string {
  const { text, refused } = draft(inputOf(repaired([repair], contents)));
  assert.ok(!text.includes('@instance'), 'nothing is drafted');
  return refused.map(({ reason }) => reason).join();
}

function withDeleted(deleted: number, deletedAt: string | null): DatabaseContent {
  return { ...cellContent, instance: { ...instance, deleted, deletedAt } };
}

describe('the document of a repair', () => {
  it('of a live instance', () =>
    assertGolden('repair-live.cleanup.sql', textOf(repaired([moveRow, forgetVolume, endMigration]))));

  it('of one that was deleted by hand', () => {
    const repairs = [queueMapping, finishDelete, removeRows('pci_devices'), removeRows('tags')];
    assertGolden('repair-deleted.cleanup.sql', textOf(repaired(repairs, [apiContent, deletedContent])));
  });

  it('of a mapping alone, with the guard on the row that it leads to', () =>
    assertGolden(
      'repair-mapping.cleanup.sql',
      textOf(repaired([queueMapping], [apiContent, deletedContent])),
    ));

  it('of a mapping that names no cell, behind the guards on the row and on the build request', () =>
    assertGolden('repair-unmapped.cleanup.sql', textOf(repaired([mapToCell], [unmapped, cellContent]))));

  it('of rows without an instance', () => {
    const [unit] = unitsOf(repaired([removeRows('tags'), endMigration], [orphans]));
    assert.equal(unit?.row, 'none');
    assert.equal(unit.statements.length, 3);
  });
});

describe('a repair that is read back', () => {
  const read = (subject: DraftSubject): unknown[] =>
    unitsOf(subject).flatMap(({ statements }) => statements.flatMap(({ repair }) => repair ?? []));

  it('is the one that was drafted', () => {
    const live = [endMigration, forgetVolume, moveRow];
    assert.deepEqual(read(repaired(live)), live);
    const deleted = [endMigration, removeRows('tags'), removeRows('pci_devices')];
    assert.deepEqual(read(repaired(deleted, [deletedContent])), deleted);
    assert.deepEqual(read(repaired([finishDelete], [deletedContent])), [
      finishDelete,
      finishDelete,
      finishDelete,
    ]);
    assert.deepEqual(read(repaired([queueMapping], [apiContent, deletedContent])), [queueMapping]);
    assert.deepEqual(read(repaired([mapToCell], [unmapped, cellContent])), [mapToCell]);
  });

  it('has no problem but the word that is not typed yet', () => {
    for (const [repair, ...contents] of [
      [endMigration, cellContent],
      [endMigration, orphans],
      [forgetVolume, cellContent],
      [finishDelete, deletedContent],
      [removeRows('instance_actions_events'), deletedContent],
      [removeRows('pci_devices'), orphans],
      [queueMapping, apiContent, deletedContent],
      [mapToCell, unmapped, cellContent],
    ] as const) {
      assert.deepEqual(parse(textOf(repaired([repair], contents))).problems, [], repair.do);
    }
    const [problem, ...more] = parse(textOf(repaired([moveRow]))).problems;
    assert.deepEqual([problem?.severity, more], ['warning', []]);
  });

  it('is the same whatever stands in the values', () => {
    const from = `a'b\\c`;
    const content = { ...cellContent, instance: { ...instance, host: from } };
    const moved = { ...moveRow, from, host: 'é', node: '-- @expect' } as RowRepair;
    const migration = { ...endMigration, status: null } as RowRepair;
    assert.deepEqual(read(repaired([migration, moved], [content])), [migration, moved]);
  });
});

describe('a repair', () => {
  it('waits for the word when it moves a row, however well it is proven', () => {
    assert.ok(textOf(repaired([moveRow])).includes('@confirm'));
    assert.ok(!textOf(repaired([endMigration, forgetVolume])).includes('@confirm'));
  });

  it('waits for the word when it marks a row that nobody is known to have wanted gone: Nova takes it from there', () => {
    const unwanted = (repair: RowRepair): string => {
      const subject = repaired([repair], [apiContent, deletedContent]);
      const { suspect } = subject;
      return textOf({ ...subject, suspect: { ...suspect, remedy: { ...suspect.remedy, wanted: false } } });
    };
    assert.ok(unwanted(finishDelete).includes('@confirm'));
    assert.ok(!textOf(repaired([finishDelete], [deletedContent])).includes('@confirm'));
    for (const repair of [queueMapping, endMigration, removeRows('tags')]) {
      assert.ok(!unwanted(repair).includes('@confirm'), repair.do);
    }
    const mapped = repaired([mapToCell], [unmapped, cellContent], { verdict: 'suspected' });
    assert.ok(textOf(mapped).includes('@confirm'), 'what is suspected always waits');
  });

  it('gives a row the id of its compute node where there is a column for it', () => {
    const schema = schemaOf('epoxy', 'nova', 'nova_cell1');
    const epoxy = { ...cellContent, schema };
    const known = { ...moveRow, computeId: 12 } as RowRepair;
    assert.match(changesOf(repaired([known], [epoxy]))[0] ?? '', /node = '.*', compute_id = 12\n/);
    assert.doesNotMatch(changesOf(repaired([known]))[0] ?? '', /compute_id/);
    assert.match(reasonFor(moveRow, epoxy), /which compute node/);
  });

  it('leaves a row alone that is marked as Nova does, and marks what hangs on it', () => {
    const changes = changesOf(repaired([finishDelete], [withDeleted(29, '2026-11-01T00:00:00Z')]));
    assert.deepEqual(
      changes.map((sql) => /UPDATE nova_cell1\.(\w+)/.exec(sql)?.[1]),
      ['instance_info_caches', 'instance_system_metadata'],
    );
  });

  it('finishes a row whose deleted is the id, and that says no time', () => {
    const changes = changesOf(repaired([finishDelete], [withDeleted(29, null)]));
    assert.match(changes.at(-1) ?? '', /^UPDATE nova_cell1\.instances SET deleted = id, deleted_at = IFNULL/);
  });

  it('removes nothing where there is nothing', () => {
    assert.deepEqual(unitsOf(repaired([removeRows('consoles')], [deletedContent])), []);
  });

  it('has a guard for every cell that has a row, in which the mapping must not lead to a live one', () => {
    const second = { ...deletedContent, database: cell2, schema: { ...zed, name: 'nova_cell2' } };
    const units = unitsOf(repaired([queueMapping], [apiContent, deletedContent, second]));
    assert.deepEqual(
      units.map(({ schema, row }) => [schema, row]),
      [
        ['nova_cell1', 'deleted'],
        ['nova_cell2', 'deleted'],
        ['nova_api', undefined],
      ],
    );
  });
});

describe('a repair is refused', () => {
  it('that marks a live row as deleted', () => {
    assert.match(reasonFor(finishDelete, cellContent), /nova_cell1 has no row of it that is deleted/);
    assert.match(reasonFor(finishDelete, orphans), /no row of it that is deleted/);
  });

  it('that hides a live row, or one that no cell has', () => {
    assert.match(reasonFor(queueMapping, apiContent, cellContent), /one is live/);
    assert.match(reasonFor(queueMapping, apiContent, orphans), /no cell has a row/);
    const second = { ...cellContent, database: cell2, schema: { ...zed, name: 'nova_cell2' } };
    assert.match(reasonFor(queueMapping, apiContent, deletedContent, second), /one is live/);
  });

  it('that maps to a cell without the one live row of it, or a mapping that has a cell', () => {
    const live = /9f0c8a34.* no live row/;
    assert.match(reasonFor(mapToCell, unmapped, deletedContent), live);
    assert.match(reasonFor(mapToCell, unmapped, orphans), live);
    assert.match(
      reasonFor({ do: 'map-to-cell', cell: cell2 }, unmapped, cellContent),
      /77ab3a0e.* no live row/,
    );
    const second = {
      ...deletedContent,
      database: cell2,
      instance: { ...instance, cell: cell2, deleted: 29 },
      schema: { ...zed, name: 'nova_cell2' },
    };
    assert.match(reasonFor(mapToCell, unmapped, cellContent, second), /several cells have a row/);
    const mapped = { ...unmapped, mapping: { ...mapping, cell: null, cellId: 9 } };
    assert.match(reasonFor(mapToCell, mapped, cellContent), /no mapping whose cell_id is NULL/);
    const { mapping: none, ...without } = unmapped;
    assert.ok(none);
    assert.match(reasonFor(mapToCell, without, cellContent), /no mapping whose cell_id is NULL/);
  });

  it('that maps an instance which may be on its way into a cell', () => {
    const requested = { ...unmapped, counts: apiContent.counts };
    assert.match(reasonFor(mapToCell, requested, cellContent), /build request/);
    const tables = new Map([...unmapped.schema.tables].filter(([name]) => name !== 'build_requests'));
    const blind = { ...unmapped, schema: { ...unmapped.schema, tables } };
    assert.match(reasonFor(mapToCell, blind, cellContent), /build request/);
  });

  it('that takes from a live instance what it needs', () => {
    for (const table of ['instance_extra', 'pci_devices', 'tags', 'migrations']) {
      assert.match(reasonFor(removeRows(table), cellContent), new RegExp(`live, and keeps .*${table}`));
    }
    assert.match(reasonFor(removeRows('instances'), deletedContent), /nothing is removed from instances/);
    assert.match(reasonFor(removeRows('services'), deletedContent), /nothing is removed from services/);
  });

  it('that moves a row which is not there any more', () => {
    assert.match(reasonFor(moveRow, deletedContent), /no live row of it on compute-02/);
    const moved = { ...cellContent, instance: { ...instance, host: 'compute-04' } };
    assert.match(reasonFor(moveRow, moved), /no live row of it on compute-02/);
  });

  it('that names a volume by anything but a UUID, or a database that has nothing of it', () => {
    const volumeId = "' OR 1";
    assert.match(reasonFor({ do: 'forget-volume', cell: cell1, volumeId }, cellContent), /no UUID/);
    assert.match(reasonFor({ do: 'finish-delete', cell: cell2 }, deletedContent), /77ab3a0e.* no row/);
  });
});
