import type { Plan } from '../model/plan';
import { PlanText } from './planText';

/**
 * Reads the text of a plan. Never throws: what was not understood, or may not run, is in `problems`, in the order
 * of the text.
 */
export function parse(text: string): Plan {
  return new PlanText(text).plan;
}
