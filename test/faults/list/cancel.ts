import assert from 'node:assert/strict';
import { at } from '../fault';

/** The operator presses cancel. */
export const cancels = at(
  [
    'before the first step',
    'between domain and directory',
    'during the rename',
    'between two statements',
    'between restore file and COMMIT',
    'after COMMIT, before its journal line',
    'between cell and API database',
    'between two statements of the API database',
    'before the report',
  ],
  {
    what: 'the run is cancelled',
    strike: ({ cancel }) => cancel.abort(),
    check: async ({ cloud }) => {
      const queries = await cloud.sql(
        "SELECT info FROM information_schema.processlist WHERE user = 'nova' AND info IS NOT NULL",
      );
      assert.deepEqual(queries, []);
    },
  },
);
