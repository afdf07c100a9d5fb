import type { Stage } from './stage';

/** Where a run is when something goes wrong, and what of its plan is done by then. */
export const doneAt = {
  'after the first look': 'nothing',
  'before the first step': 'nothing',
  'between domain and directory': 'domain',
  'during the rename': 'domain',
  'after the rename, before its journal line': 'domain, directory',
  'between two statements': 'domain, directory',
  'between restore file and COMMIT': 'domain, directory',
  'after COMMIT, before its journal line': 'domain, directory, cell',
  'between cell and API database': 'domain, directory, cell',
  'between two statements of the API database': 'domain, directory, cell',
  'between restore file and COMMIT of the API database': 'domain, directory, cell',
  'after COMMIT of the API database': 'everything',
  'before the report': 'everything',
} as const;
export type Point = keyof typeof doneAt;
export const points = Object.keys(doneAt) as readonly Point[];

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
