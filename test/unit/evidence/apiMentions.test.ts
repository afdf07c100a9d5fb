import assert from 'node:assert/strict';
import { mentionLeftovers } from '../../../src/evidence/apiMentions';

const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
const anHourAgo = '2026-11-23T10:00:00.000Z';
const old = '2026-01-01T00:00:00Z';

function tablesLeft(tables: readonly string[], newest = old): string[] {
  const mention = { uuid, rows: new Map(tables.map((table) => [table, 1])), newest };
  return mentionLeftovers(mention, anHourAgo).map(({ leftover }) => leftover.table);
}

describe('rows of the API database whose instance no cell has', () => {
  it('are leftovers', () => {
    assert.deepEqual(tablesLeft(['request_specs', 'instance_mappings']), [
      'request_specs',
      'instance_mappings',
    ]);
    assert.deepEqual(tablesLeft(['build_requests']), ['build_requests']);
  });

  it('belong to an instance that waits for a host while there are a build request and a mapping', () => {
    assert.deepEqual(tablesLeft(['build_requests', 'instance_mappings', 'request_specs']), []);
  });

  it('may belong to an instance on its way while one of them is young', () => {
    assert.deepEqual(tablesLeft(['request_specs', 'instance_mappings'], '2026-11-23T10:00:01Z'), []);
    assert.deepEqual(tablesLeft(['request_specs', 'instance_mappings'], '2026-11-23T09:59:59Z').length, 2);
  });
});
