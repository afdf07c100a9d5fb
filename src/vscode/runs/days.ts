import type { RunSummary } from '../../app/api';

export interface Day {
  /** as the operator's calendar has it, `2026-11-23` */
  readonly date: string;
  readonly runs: readonly RunSummary[];
}

/** The runs by the day on which they began, in their order. */
export function byDay(runs: readonly RunSummary[]): Day[] {
  const days = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const date = dateOf(new Date(run.startedAt));
    const day = days.get(date);
    if (day) day.push(run);
    else days.set(date, [run]);
  }
  return [...days].map(([date, ofDay]) => ({ date, runs: ofDay }));
}

export function daysAgo(date: string, now: Date): number {
  const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  return (midnight(dateOf(now)) - midnight(date)) / (24 * 60 * 60_000);
}

function dateOf(time: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
