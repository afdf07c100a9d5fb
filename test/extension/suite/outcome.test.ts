import assert from 'node:assert/strict';
import type { RunReport, SectionReport } from '../../../src/model/report';
import { runOutcome } from '../../../src/vscode/commands/runOutcome';

const span = { start: 0, end: 0 };
const problem = { code: 'stale-evidence', message: 'It changed.', action: 'Scan again.' } as const;

function section(changes: Partial<SectionReport> = {}): SectionReport {
  return { uuid: '0a2d1bf7-982c', name: 'web-01', span, outcome: 'done', steps: [], ...changes };
}

function textOf(
  sections: readonly SectionReport[],
  mode: RunReport['mode'] = 'run',
  purpose: 'cleanup' | 'restore' = 'cleanup',
): string {
  const common = { run: 'r', plan: 'p', cloud: 'demo', startedAt: '', finishedAt: '' };
  return runOutcome({ ...common, mode, purpose, sections }, 'demo DEMO').text;
}

describe('what is said of a run', () => {
  it('is what it was, where, and how many went through', () => {
    assert.equal(textOf([section(), section()]), 'Run on demo DEMO: 2 instances done.');
    assert.equal(textOf([section()], 'run', 'restore'), 'Restore on demo DEMO: 1 instance done.');
    assert.equal(
      textOf([section({ outcome: 'rolled-back' })], 'dry-run'),
      'Dry run on demo DEMO: 1 instance would go through; everything was rolled back.',
    );
  });

  it('names the first that did not, with the reason, and counts the others', () => {
    const refused = section({ name: 'a\u202eb', outcome: 'refused', problem });
    const skipped = section({ name: '', outcome: 'skipped' });
    assert.equal(
      textOf([skipped, section(), refused]),
      'Run on demo DEMO: 1 of 3 instances done. Not a\\u202eb: It changed. Scan again. And 1 more, see the report.',
    );
    assert.match(textOf([skipped]), /Not 0a2d1bf7: left out\.$/);
  });
});
