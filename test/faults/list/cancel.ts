import assert from 'node:assert/strict';
import type { Connection } from 'mysql2/promise';
import { at, type Fault } from '../fault';
import { heldRow, waiting } from '../lockedRow';
import type { Stage } from '../stage';

/** No statement of the run goes on without it. */
async function nothingRuns({ cloud }: Stage): Promise<void> {
  const queries = await cloud.sql(
    "SELECT info FROM information_schema.processlist WHERE user = 'nova' AND info IS NOT NULL",
  );
  assert.deepEqual(queries, []);
}

let held: Connection | undefined;

async function cancelWaiting(stage: Stage): Promise<void> {
  held = await heldRow(stage);
  void waiting(stage).then(() => stage.cancel.abort());
}

/** The operator presses cancel. */
export const cancels: readonly Fault[] = [
  ...at(
    [
      'between domain and directory',
      'during the rename',
      'between two statements',
      'after COMMIT, before its journal line',
      'between cell and API database',
    ],
    { what: 'the run is cancelled', strike: ({ cancel }) => cancel.abort(), check: nothingRuns },
  ),
  {
    what: 'the run is cancelled while a statement waits for a row',
    at: 'between two statements',
    way: 'go on',
    strike: cancelWaiting,
    check: nothingRuns,
    heal: () => held?.destroy(),
  },
];
