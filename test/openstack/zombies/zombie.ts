import type { KindId } from '../../../src/model/kindId';
import type { Depth, Verdict } from '../../../src/model/suspect';
import type { Bench } from './bench';

/** One thing that went wrong in a real OpenStack, and what the product must say of it. */
export interface Zombie {
  readonly kind: KindId;
  readonly verdict: Verdict;
  /** in a sentence: how it came about */
  readonly how: string;
  /** what else is true of it */
  readonly also?: readonly KindId[];
  /** how its cleanup is run; absent: as it is drafted */
  readonly depth?: Depth;
  /** The name that its instance is asked for by, or what else must be there before: made while everything runs. */
  prepare?(bench: Bench): Promise<string>;
  /** What the ladder says, where no step of a plan can do it. */
  mend?(bench: Bench, uuid: string): Promise<void>;
  /** What goes wrong, one after the other. Gives the UUID. */
  happen(bench: Bench, prepared: string): Promise<string>;
}
