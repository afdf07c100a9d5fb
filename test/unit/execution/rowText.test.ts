import assert from 'node:assert/strict';
import type { RawColumn } from '../../../src/cloud/database/connection';
import { insertRow, literalOf, updateBack, type SavedRow } from '../../../src/execution/rowText';

const shape = { name: 'nova.t', columns: ['id', 'select', 'x'], primaryKey: ['id'], floats: [], selfSet: [] };

function row(id: string, select: string | null, x: string | null): SavedRow {
  const columns: RawColumn[] = [
    { name: 'id', kind: 'number' },
    { name: 'select', kind: 'text' },
    { name: 'x', kind: 'time' },
  ];
  return { columns, cells: [id, select, x].map((text) => (text === null ? null : Buffer.from(text))) };
}

describe('a saved value as SQL', () => {
  const values: [string | null, RawColumn['kind'], string][] = [
    [null, 'text', 'NULL'],
    ['18446744073709551615', 'number', '18446744073709551615'],
    ['-1.50', 'number', '-1.50'],
    ['0000-00-00 00:00:00', 'time', "'0000-00-00 00:00:00'"],
    ['', 'text', "''"],
    ['{"a": 1; -- /*', 'text', `'{"a": 1; -- /*'`],
    ["'", 'text', "CONVERT(X'27' USING utf8mb4)"],
    ['\\', 'text', "CONVERT(X'5c' USING utf8mb4)"],
    ['a\nb', 'text', "CONVERT(X'610a62' USING utf8mb4)"],
    ['é', 'text', "CONVERT(X'c3a9' USING utf8mb4)"],
    ['\u007f', 'text', "CONVERT(X'7f' USING utf8mb4)"],
    ['abc', 'binary', "X'616263'"],
    ['', 'binary', "X''"],
  ];
  for (const [value, kind, sql] of values) {
    it(`writes ${kind} ${JSON.stringify(value)} as ${sql}`, () => {
      assert.equal(literalOf(value === null ? null : Buffer.from(value), kind), sql);
    });
  }
});

describe('a saved row as SQL', () => {
  it('is inserted with its columns by name', () => {
    assert.equal(
      insertRow(shape, row('7', 'a', null)),
      "INSERT INTO nova.t (id, `select`, x) VALUES (7, 'a', NULL)",
    );
  });

  it('is updated back by its primary key, in the columns that changed, while they hold what they were changed to', () => {
    const back = updateBack(shape, row('7', 'a', null), row('7', 'b', null));
    assert.equal(
      back,
      "UPDATE nova.t SET `select` = 'a' WHERE id = 7 AND HEX(CONVERT(`select` USING utf8mb4)) = '62'",
    );
  });

  it('tells NULL from an empty text', () => {
    assert.equal(
      updateBack(shape, row('7', null, null), row('7', '', null)),
      "UPDATE nova.t SET `select` = NULL WHERE id = 7 AND HEX(CONVERT(`select` USING utf8mb4)) = ''",
    );
  });

  it('is left alone when nothing changed', () => {
    assert.equal(updateBack(shape, row('7', 'a', null), row('7', 'a', null)), undefined);
  });
});
