import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { UnitStep } from '../../../src/model/plan';
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
import { apiContent, cellContent, inputOf, otherUuid, uuid } from './subjects';

const texts = [
  repaired([endMigration, forgetVolume, moveRow], [cellContent]),
  repaired([queueMapping, finishDelete, removeRows('pci_devices')], [apiContent, deletedContent]),
  repaired([queueMapping], [apiContent, deletedContent]),
  repaired([mapToCell], [unmapped, cellContent]),
].map((subject) => draft(inputOf(subject)).text);

/** What one plan may say and another may not, and what turns the one into the other. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'deleted = 0',
      'deleted = 29',
      'deleted = id',
      'DELETE FROM nova_cell1.instances',
      "host = 'x', node = 'y'",
    ],
    ...[
      ' OR 1',
      ' AND ',
      'id',
      '0',
      '1',
      'COMMIT;',
      'FOR UPDATE',
      'NULL',
      `'${otherUuid}'`,
      `uuid = '${uuid}'`,
    ],
    ...[
      'SET deleted = id, deleted_at = UTC_TIMESTAMP()',
      ', ',
      ';',
      '(',
      ')',
      '',
      'UPDATE nova_cell1.instances SET ',
    ],
    ...[
      'nova_cell1.instance_extra',
      'nova_cell1.migrations',
      'nova_api.instance_mappings',
      '\n-- @expect rows=1\n',
    ],
  ),
  fc
    .nat(texts.length - 1)
    .chain((index) =>
      fc
        .tuple(fc.nat(texts[index]?.length ?? 0), fc.nat(240))
        .map(([at, length]) => texts[index]?.slice(at, at + length) ?? ''),
    ),
);
const plan = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.record({ at: fc.nat(), remove: fc.oneof(fc.nat(3), fc.nat(60)), piece }), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, { at, remove, piece: insert }) => {
      // Half of the text is prose: the statements begin where the first unit does.
      const first = Math.max(edited.indexOf('START TRANSACTION'), 0);
      const start = first + (at % (edited.length - first + 1));
      return edited.slice(0, start) + insert + edited.slice(start + remove);
    }, text),
  );

describe('whatever becomes of the text of a repair', function () {
  this.timeout(30_000);

  it('removes no instance, marks no live one and hides none', () => {
    fc.assert(
      fc.property(plan, (text) => {
        const { problems, sections } = parse(text);
        if (problems.some(({ severity }) => severity === 'error')) return;
        for (const { depth, steps } of sections) {
          assert.equal(depth, 'repair');
          const units = steps.filter((step): step is UnitStep => step.step === 'unit');
          for (const unit of units) checkUnit(unit, units);
        }
      }),
      { numRuns: 600 },
    );
  });
});

const string = /'(?:[^']|'')*'/g;

/** No mapping is turned away from its cell, and none leads where the row is not. */
function checkMapped(where: string, guards: readonly string[], units: readonly UnitStep[]): void {
  assert.match(where, /cell_id IS NULL/);
  assert.ok(guards.some((sql) => /COUNT\(\*\) = 0+,[^]*build_requests/.test(sql)));
  const cells = units.filter(({ database }) => database !== 'api');
  assert.ok(cells.some(({ row }) => row === 'live') && !cells.some(({ row }) => row === 'deleted'));
}

/** Told from the words of the statements alone. */
function checkUnit({ database, statements }: UnitStep, units: readonly UnitStep[]): void {
  const guards = statements.filter(({ kind }) => kind === 'select').map(({ sql }) => sql);
  const isDeleted = (sql: string): boolean =>
    /COUNT\(\*\)=0*[1-9]\d*,.*\.instancesWHERE.*ANDdeleted=0*[1-9]\d*(?:AND|FOR)/.test(
      sql.replaceAll(/\s+/g, ''),
    ) && sql.includes(`'${uuid}'`);
  for (const { kind, table, sql, where = '' } of statements.filter((each) => each.kind !== 'select')) {
    const words = sql.replaceAll(string, "''");
    assert.ok(where.includes(`'${uuid}'`));
    assert.ok(![...sql.matchAll(string)].some(([text]) => text === `'${otherUuid}'`));
    if (table === 'instances') assert.equal(kind, 'update');
    const marks = words.includes('SET deleted = id');
    if (marks && table !== 'block_device_mapping') assert.ok(guards.some(isDeleted), sql);
    if (marks && table === 'instances') assert.match(where, /AND deleted <> 0/);
    if (database !== 'api') continue;
    if (words.includes('SET cell_id')) {
      checkMapped(where, guards, units);
      continue;
    }
    const others = units.flatMap((unit) => unit.statements.filter((each) => each.kind === 'select'));
    assert.ok(others.some((each) => isDeleted(each.sql)));
  }
}
