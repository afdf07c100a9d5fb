import fc from 'fast-check';
import assert from 'node:assert/strict';
import { RowCells } from '../../../../src/cloud/database/rowCells';

/** A row as the server sends it, behind what came before it. */
function sent(...cells: readonly (string | null)[]): [Buffer, number] {
  const before = Buffer.from('before');
  return [Buffer.concat([before, ...cells.map(cell)]), before.length];
}

function cell(text: string | null): Buffer {
  if (text === null) return Buffer.from([0xfb]);
  const bytes = Buffer.from(text);
  const { length } = bytes;
  if (length < 0xfb) return Buffer.concat([Buffer.from([length]), bytes]);
  const [mark, width] = length < 2 ** 16 ? [0xfc, 2] : [0xfd, 3];
  const head = Buffer.alloc(1 + width, mark);
  head.writeUIntLE(length, 1, width);
  return Buffer.concat([head, bytes]);
}

function rowOf(...cells: readonly (string | null)[]): RowCells {
  const row = new RowCells();
  row.begin(...sent(...cells));
  return row;
}

describe('cells of a row as the server sent it', () => {
  it('are texts of any length, or NULL', () => {
    const texts = [
      '',
      'compute-01',
      null,
      '🧟',
      'x'.repeat(250),
      'y'.repeat(251),
      null,
      'z'.repeat(70_000),
      'end',
    ];
    const row = rowOf(...texts);
    assert.deepEqual(
      texts.map(() => row.text()),
      texts,
    );
  });

  it('are integers, or NULL', () => {
    const row = rowOf('0', '-1', null, '9007199254740991', '42');
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => row.integer()),
      [0, -1, null, 9007199254740991, 42],
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => assert.equal(rowOf(String(value)).integer(), value)),
    );
  });

  it('are times as ISO 8601, or none', () => {
    const times = [
      '2026-11-23 10:31:07',
      null,
      '0000-00-00 00:00:00',
      '1999-01-02 03:04:05',
      '2026-11-23 10:31:07.25',
    ];
    const row = rowOf(...times, 'behind');
    assert.deepEqual(
      times.map(() => row.time()),
      ['2026-11-23T10:31:07Z', null, null, '1999-01-02T03:04:05Z', '2026-11-23T10:31:07Z'],
    );
    assert.equal(row.text(), 'behind');
  });

  it('are those of the row that was begun last', () => {
    const row = rowOf('one', 'two');
    row.text();
    row.begin(...sent('three'));
    assert.equal(row.text(), 'three');
  });
});
