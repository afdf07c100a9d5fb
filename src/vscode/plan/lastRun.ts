import type { RunReport } from '../../model/report';

/** What the last run of a plan in this window came to. */
export interface LastRun {
  readonly run: string;
  readonly at: string;
  readonly done: number;
  readonly notDone: number;
  readonly changed: boolean;
}

export function lastRunOf(report: RunReport): LastRun {
  const done = report.sections.filter(({ outcome }) => outcome === 'done').length;
  return {
    run: report.run,
    at: report.startedAt,
    done,
    notDone: report.sections.length - done,
    changed: changedAnything(report),
  };
}

/** True when there may be something to take back. */
export function changedAnything({ sections }: RunReport): boolean {
  return sections.some(({ steps }) =>
    steps.some(({ outcome }) => outcome === 'done' || outcome === 'unknown'),
  );
}
