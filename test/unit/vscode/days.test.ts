import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/app/api';
import { byDay, daysAgo } from '../../../src/vscode/runs/days';

/** In the time of the operator, whatever zone that is. */
function at(day: number, hour: number): RunSummary {
  const startedAt = new Date(2026, 10, day, hour).toISOString();
  return {
    ...{
      run: startedAt,
      plan: 'p',
      cloud: 'prod',
      purpose: 'cleanup',
      startedAt,
      outcome: 'done',
      folder: '/r',
    },
    ...{ instances: 1, directories: 0, kept: 0, restored: 0 },
  };
}

describe('runs by day', () => {
  it('are in their order, each at the day of the operator’s calendar', () => {
    const runs = [at(3, 23), at(3, 0), at(2, 23)];
    const days = byDay(runs);
    assert.deepEqual(
      days.map(({ date, runs: ofDay }) => [date, ofDay.length]),
      [
        ['2026-11-03', 2],
        ['2026-11-02', 1],
      ],
    );
    assert.deepEqual(
      days.flatMap((day) => day.runs),
      runs,
    );
    assert.deepEqual(byDay([]), []);
  });

  it('are of today and yesterday, at any hour', () => {
    for (const hour of [0, 23]) {
      const now = new Date(2026, 10, 3, hour);
      assert.deepEqual([daysAgo('2026-11-03', now), daysAgo('2026-11-02', now)], [0, 1]);
    }
    assert.equal(daysAgo('2026-10-31', new Date(2026, 10, 1)), 1);
  });
});
