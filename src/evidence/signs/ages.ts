import type { Thresholds } from '../../model/scene';

/** The time from which ages are counted, and those that matter. */
export interface Ages {
  readonly now: Date;
  readonly thresholds: Thresholds;
}

/** The moment that lies so many minutes back. */
export function ago({ now }: Ages, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}
