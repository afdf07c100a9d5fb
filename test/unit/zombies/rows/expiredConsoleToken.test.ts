import assert from 'node:assert/strict';
import { expiredConsoleToken } from '../../../../src/zombies/rows/expiredConsoleToken';
import { cell1, daysAgo, deletedRow, dossier, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { rowsIn } from '../things';

const expired = dossier({
  rows: [deletedRow()],
  tokensExpiredAt: daysAgo(3),
  tables: [rowsIn('console_auth_tokens', 2)],
});

describe('expired console token', () => {
  it('is confirmed of a deleted instance, and its rows go', () => {
    const { remedy, since } = expectVerdict('confirmed', expiredConsoleToken, expired, scene());
    assert.deepEqual(remedy.repairs, [{ do: 'remove-rows', cell: cell1, table: 'console_auth_tokens' }]);
    assert.deepEqual([since, remedy.wanted], [daysAgo(3), true]);
  });

  it('is suspected of a live one, which stays', () => {
    const finding = expectVerdict('suspected', expiredConsoleToken, { ...expired, rows: [row()] }, scene());
    expectMissing(/the instance is live/, finding);
    assert.deepEqual([finding.remedy.wanted, finding.remedy.depth], [false, 'repair']);
  });

  it('is not found while the newest can be used, or expired a short time ago', () => {
    for (const tokensExpiredAt of [minutesAgo(-5), minutesAgo(60), 'not a time']) {
      expectNone(/did not expire/, expiredConsoleToken, { ...expired, tokensExpiredAt }, scene());
    }
  });

  it('is not found without a token, or where no cell has the row', () => {
    expectNone(/no console token/, expiredConsoleToken, dossier({ rows: [row()] }), scene());
    expectNone(/no cell has its row/, expiredConsoleToken, { ...expired, rows: [] }, scene());
  });

  it('drafts nothing where nobody counted the rows', () => {
    assert.equal(found(expiredConsoleToken, { ...expired, tables: [] }, scene()).remedy.depth, 'none');
  });
});
