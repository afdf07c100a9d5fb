import type { RunSummary } from '../api';

const dayMs = 24 * 60 * 60_000;

/** A run, and when its folder was last used: saved into, or asked for the way back. */
export interface Kept {
  readonly run: RunSummary;
  readonly usedAt: Date;
  /** something of its folder is open in an editor */
  readonly isOpen: boolean;
}

/**
 * The runs whose folders may go: ended, not used for so many days, with nothing in quarantine, and not taken back or
 * gone on with by a run that stays. 0 days keep everything.
 */
export function expired(all: readonly Kept[], now: Date, days: number): RunSummary[] {
  if (days <= 0) return [];
  const before = now.getTime() - days * dayMs;
  const isOver = ({ run, usedAt, isOpen }: Kept): boolean =>
    run.outcome !== 'running' &&
    run.outcome !== 'interrupted' &&
    run.kept === 0 &&
    !isOpen &&
    Math.max(Date.parse(run.startedAt), usedAt.getTime()) < before;
  const needed = new Set<string>();
  const over: RunSummary[] = [];
  for (const kept of all.toSorted((one, other) => (one.run.run < other.run.run ? 1 : -1))) {
    const { run } = kept;
    if (isOver(kept) && !needed.has(run.run)) over.push(run);
    else if (run.of !== undefined) needed.add(run.of);
  }
  return over;
}
