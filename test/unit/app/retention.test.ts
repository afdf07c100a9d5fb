import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/app/api';
import { expired, type Kept } from '../../../src/app/engine/retention';

const now = new Date('2026-11-23T12:00:00Z');
const old = '2026-11-01T12:00:00Z';
const days = 10;

function kept(changes: Partial<RunSummary> = {}, rest: Partial<Kept> = {}): Kept {
  const run: RunSummary = {
    run: 'r',
    plan: 'p',
    cloud: 'prod',
    purpose: 'cleanup',
    startedAt: old,
    outcome: 'done',
    folder: '/runs/r',
    instances: 1,
    directories: 0,
    kept: 0,
    restored: 0,
    ...changes,
  };
  return { run, usedAt: new Date(run.startedAt), isOpen: false, ...rest };
}

const gone = (...all: Kept[]): string[] => expired(all, now, days).map(({ run }) => run);

describe('how long runs are kept', () => {
  it('is for so many days after they ended or were left', () => {
    assert.deepEqual(gone(kept()), ['r']);
    assert.deepEqual(gone(kept({ outcome: 'stopped' })), ['r']);
    assert.deepEqual(gone(kept({ outcome: 'left' })), ['r']);
    assert.deepEqual(gone(kept({ startedAt: '2026-11-14T12:00:00Z' })), []);
  });

  it('is for ever with 0 days', () => {
    assert.deepEqual(expired([kept()], now, 0), []);
  });

  it('is for ever while they have directories in quarantine', () => {
    assert.deepEqual(gone(kept({ directories: 2, kept: 1 })), []);
    assert.deepEqual(gone(kept({ directories: 2, kept: 0 })), ['r']);
  });

  it('is for ever while they run, or were interrupted and not left', () => {
    assert.deepEqual(gone(kept({ outcome: 'running' })), []);
    assert.deepEqual(gone(kept({ outcome: 'interrupted' })), []);
  });

  it('begins anew when the way back was asked for, and does not end while it is open', () => {
    assert.deepEqual(gone(kept({}, { usedAt: new Date('2026-11-20T12:00:00Z') })), []);
    assert.deepEqual(gone(kept({}, { isOpen: true })), []);
  });

  it('is as long as that of a run that took them back, or went on with them', () => {
    const first = kept({ run: '1' });
    const second = kept({ run: '2', of: '1' });
    const third = (changes: Partial<RunSummary>): Kept => kept({ run: '3', of: '2', ...changes });
    assert.deepEqual(gone(first, second, third({ startedAt: '2026-11-20T12:00:00Z' })), []);
    assert.deepEqual(gone(first, kept({ run: '2', of: '1', outcome: 'interrupted' })), []);
    assert.deepEqual(gone(first, second, third({})), ['3', '2', '1']);
  });
});
