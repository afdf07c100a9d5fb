import assert from 'node:assert/strict';
import { reportText } from '../../../src/execution/reportText';
import type { RunReport, SectionReport, StepReport } from '../../../src/model/report';

const text = 'line one\nline two\nline three\n';
const span = { start: text.indexOf('line two'), end: text.indexOf('line two') + 4 };

const step: StepReport = {
  what: 'DELETE FROM nova.tags',
  span,
  outcome: 'done',
  expected: 2,
  rows: 2,
  milliseconds: 7,
  irreversible: false,
};
const section: SectionReport = {
  uuid: 'u-1',
  name: 'web-01',
  span,
  outcome: 'done',
  steps: [step],
  gone: true,
};
const report: RunReport = {
  run: '20261123T103107Z-abcdef',
  plan: 'p',
  cloud: 'prod',
  mode: 'run',
  purpose: 'cleanup',
  startedAt: '2026-11-23T10:31:07Z',
  finishedAt: '2026-11-23T10:31:09Z',
  sections: [section],
  folder: '/runs/1',
};

function textOf(changes: Partial<SectionReport>, whole: Partial<RunReport> = {}): string {
  return reportText({ ...report, sections: [{ ...section, ...changes }], ...whole }, text);
}

describe('the report of a run as text', () => {
  it('says how often a transaction was tried again', () => {
    assert.match(textOf({ steps: [{ ...step, retries: 2 }] }), /done: tried again 2 times \|/);
    assert.doesNotMatch(textOf({}), /tried again/);
  });

  it('says when the run could not be written down', () => {
    const problem = { code: 'not-saved', message: 'The disk is full.', action: 'Make room.' } as const;
    assert.match(textOf({}, { problem }), /\*\*The disk is full\.\*\* Make room\./);
  });

  it('begins with a line for each instance: what became of it, and how much', () => {
    const common = { span, outcome: 'done', milliseconds: 1, irreversible: false } as const;
    const directory: StepReport = { ...common, what: 'directory', bytes: 32641751449 };
    const guard: StepReport = { ...common, what: 'SELECT 1 FROM a.b', rows: 1 };
    const text = textOf({ steps: [guard, step, step, directory] });
    assert.match(text, /^\| web-01 u-1 \| done \| 4 \| 1 \\\(30\.4 GiB\\\) \| {2}\|$/m);
    assert.ok(text.indexOf('| web-01') < text.indexOf('## What to do next'));
    assert.ok(text.indexOf('## What to do next') < text.indexOf('## web-01'));
  });

  it('has a line for each step: where, what, how many rows, time, outcome', () => {
    const what = "DELETE FROM nova.tags WHERE resource_id = 'u-1'";
    assert.match(
      textOf({ steps: [{ ...step, what }] }),
      /^\| 2 \| DELETE FROM tags, 2 rows \| 7 ms \| done \|$/m,
    );
    assert.match(textOf({ steps: [{ ...step, rows: 1 }] }), /tags, 1 row in place of 2 \|/);
    const read = "SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova.instances WHERE uuid = 'u-1'";
    assert.match(
      textOf({ steps: [{ ...step, what: read, rows: 1, expected: 1 }] }),
      /SELECT FROM instances, 1 row/,
    );
    assert.match(textOf({}), /It is gone\./);
  });

  it('is titled by what was done', () => {
    const titleOf = (mode: RunReport['mode'], purpose: RunReport['purpose']): string =>
      reportText({ ...report, mode, purpose }, '').split('\n')[0] ?? '';
    assert.match(titleOf('run', 'cleanup'), /^# Run of a plan on prod$/);
    assert.match(titleOf('run', 'restore'), /^# Restore/);
    assert.match(titleOf('dry-run', 'cleanup'), /^# Dry run of a plan/);
    assert.match(titleOf('dry-run', 'restore'), /^# Dry run of a restore/);
  });

  it('numbers the first and the last line right', () => {
    const at = (start: number): string => textOf({ steps: [{ ...step, span: { start, end: start } }] });
    assert.match(at(0), /^\| 1 \|/m);
    assert.match(at(text.indexOf('line three')), /^\| 3 \|/m);
    assert.match(at(text.indexOf('line two') - 1), /^\| 1 \|/m);
  });

  it('says below the table where a directory was and is, and in it how much it held', () => {
    const what = 'directory /var/lib/nova/instances/u-1 on compute-01: quarantine';
    const directory: StepReport = { ...step, what, bytes: 32641751449, detail: '/kept/here' };
    const text = textOf({ steps: [directory] });
    assert.match(text, /\| directory u-1 on compute-01: quarantine, 30\.4 GiB \|/);
    assert.match(text, /^- Line 2: \/var\/lib\/nova\/instances\/u-1 → \/kept\/here$/m);
  });

  it('says what cannot be undone', () => {
    assert.match(textOf({ steps: [{ ...step, irreversible: true }] }), /done: irreversible/);
  });

  it('says how each thing that was done comes back, and promises nothing else', () => {
    const next = (changes: Partial<StepReport>, whole: Partial<RunReport> = {}): string =>
      textOf({ steps: [{ ...onHost, ...changes }] }, whole).split('## What to do next')[1] ?? '';
    const onHost = { what: 'step', span, outcome: 'done', milliseconds: 7, irreversible: false } as const;
    const rows = { expected: 2, rows: 2 };
    const domain = { byHand: true } as const;
    const directory = { bytes: 1 };
    assert.match(next(rows), /Rows and quarantined directories can be brought back/);
    assert.match(next(directory), /Rows and quarantined directories can be brought back/);
    assert.doesNotMatch(next({ ...directory, irreversible: true }), /can be brought back/);
    assert.match(next({ ...directory, irreversible: true }), /Nothing brings back/);
    assert.match(next(domain), /Domains come back only by hand/);
    assert.doesNotMatch(next(domain), /restore plan|Nothing brings back/);
    assert.match(next({ ...domain, irreversible: true }), /Nothing brings back/);
    assert.match(next(rows, { purpose: 'restore' }), /has no way back of its own/);
    assert.doesNotMatch(next(rows, { purpose: 'restore' }), /restore plan of run/);
    assert.doesNotMatch(next({ ...domain, outcome: 'refused', irreversible: true }), /Nothing brings back/);
  });

  it('says what to do about a problem', () => {
    const problem = { code: 'guard-unmet', message: 'It changed.', action: 'Scan again.' } as const;
    assert.match(
      textOf({ outcome: 'rolled-back', problem }),
      /^\*\*Not done:\*\* It changed\. Scan again\.$/m,
    );
  });

  it('warns of what is unknown before anything else', () => {
    const next = textOf({ outcome: 'unknown' }).split('## What to do next')[1] ?? '';
    assert.match(next, /^\s*- Find out what became/);
  });

  it('of a dry run says that everything was rolled back', () => {
    const dry = textOf(
      { outcome: 'rolled-back', steps: [{ ...step, outcome: 'rolled-back' }] },
      { mode: 'dry-run' },
    );
    assert.match(dry, /Dry run.*rolled back/);
    assert.match(dry, /\| would be done \|/);
    assert.doesNotMatch(dry, /brought back/);
  });

  it('lets no name of a tenant break out of its line', () => {
    const lines = textOf({ name: 'a\n# b | <img src=x> `c` [d](e)\u202e' }).split('\n');
    const heading = lines.find((line) => line.startsWith('## a')) ?? '';
    assert.equal(heading, '## a\\\\u000a\\# b \\| \\<img src=x\\> \\`c\\` \\[d\\]\\(e\\)\\\\u202e u-1');
  });
});
