import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { cellContent, inputOf, instance, uuid, withRemedy } from './subjects';

const path = `/var/lib/nova/instances/${uuid}`;
const directory = {
  host: 'compute-02',
  uuid,
  suffix: '' as const,
  path,
  bytes: 1,
  modifiedAt: '2026-11-01T00:00:00Z',
};

describe('what was judged to have no live row', () => {
  for (const kind of [
    'domain-without-instance',
    'domain-of-deleted-instance',
    'leftover-directory',
  ] as const) {
    it(`is not drafted when a cell has one by now: ${kind}`, () => {
      const gone = withRemedy({ depth: 'none', depths: ['none'], directories: [directory] }, { kind });
      const [refused] = draft(inputOf(gone)).refused;
      assert.match(refused?.reason ?? '', /it is live by now: nova_cell1 has it on compute-02/);
      const deleted = { ...cellContent, instance: { ...instance, deleted: 29 } };
      assert.match(draft(inputOf({ ...gone, contents: [deleted] })).text, /^-- @directory /m);
    });
  }
});
