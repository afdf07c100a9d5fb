import type { OperatorError } from '../model/errors';
import type { PlanHeader, Section } from '../model/plan';

/** What earlier runs did of an instance: a part of its steps, or so much that its row is gone from the cell. */
export type EarlierWork = 'begun' | 'row-taken';

export interface Chosen {
  readonly header: PlanHeader;
  readonly sections: readonly Section[];
  /** of a plan that goes on with other runs: what these did, by UUID */
  readonly earlier?: ReadonlyMap<string, EarlierWork>;
}

/** Sections that must not run, by UUID, and why. */
export type Refused = ReadonlyMap<string, OperatorError>;
