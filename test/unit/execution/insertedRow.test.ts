import assert from 'node:assert/strict';
import type { RawColumn } from '../../../src/cloud/database/connection';
import { insertedRow } from '../../../src/execution/insertedRow';
import { insertRow } from '../../../src/execution/rowText';

describe('a row in the text of its INSERT', () => {
  const cells: [string, RawColumn['kind'], string | null, string][] = [
    ['id', 'number', '-29', '-29'],
    ['select', 'text', 'a, (b) -- VALUES (', "'a, (b) -- VALUES ('"],
    ['a `strange, (name', 'text', "it's\n", "CONVERT(X'697427730a' USING utf8mb4)"],
    ['VALUES', 'real', '1.5', '1.5e0'],
    ['bytes', 'binary', ')', "X'29'"],
    ['created_at', 'time', '2026-11-23 10:31:07', "'2026-11-23 10:31:07'"],
    ['deleted_at', 'time', null, 'NULL'],
  ];

  it('is told by its columns, each with its value as it stands there', () => {
    const columns = cells.map(([name, kind]) => ({ name, kind }));
    const shape = { name: 'nova.t', columns: [], primaryKey: [], floats: [], selfSet: [] };
    const row = { columns, cells: cells.map(([, , value]) => (value === null ? null : Buffer.from(value))) };
    assert.deepEqual(
      [...insertedRow(insertRow(shape, row))],
      cells.map(([name, , , sql]) => [name, sql]),
    );
  });
});
