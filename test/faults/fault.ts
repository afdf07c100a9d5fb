import type { Stage } from './stage';

/** Where a run is when something goes wrong: of a plan with a domain, a directory, a cell and the API database. */
export const points = [
  'after the first look',
  'before the first step',
  'between domain and directory',
  'during the rename',
  'after the rename, before its journal line',
  'between two statements',
  'between restore file and COMMIT',
  'after COMMIT, before its journal line',
  'between cell and API database',
  'between two statements of the API database',
  'between restore file and COMMIT of the API database',
  'after COMMIT of the API database',
  'before the report',
] as const;
export type Point = (typeof points)[number];

/** Something that goes wrong, once, when a run comes to a point. */
export interface Fault {
  readonly what: string;
  readonly at: Point;
  /** how the operator gets out of what it leaves */
  readonly way: 'go on' | 'undo';
  /** the process of the run dies at the point: it is one of its own */
  readonly killsRun?: true;
  /** what is done in the end, where that is a matter of who is faster */
  readonly either?: string;
  /** of the plan; default: complete */
  readonly depth?: 'archive';
  /** before the plan is drafted, and when all is as it was again */
  prepare?(stage: Stage): Promise<unknown>;
  tidy?(stage: Stage): Promise<unknown>;
  /** at the point; the run goes on when it resolves */
  strike?(stage: Stage): Promise<void> | void;
  /** when the run has ended */
  heal?(stage: Stage): Promise<void> | void;
  /** what the run must have done about it beyond what holds for all faults */
  check?(stage: Stage): Promise<void> | void;
}

/** The same fault at several points. Half of them are gone on with, the other half taken back. */
export function at(points: readonly Point[], fault: Omit<Fault, 'at' | 'way'>): Fault[] {
  return points.map((point, index) => ({ ...fault, at: point, way: index % 2 === 0 ? 'go on' : 'undo' }));
}
