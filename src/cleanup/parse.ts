import type { Plan, PlanHeader } from '../model/plan';
import { PlanText } from './planText';

/**
 * Reads the text of a plan. Never throws: what was not understood, or may not run, is in `problems`, in the order
 * of the text.
 */
export function parse(text: string): Plan {
  return new PlanText(text).plan;
}

/** The line with @plan, without reading what stands below it. */
export function headerOf(text: string): PlanHeader | undefined {
  const below = /^\s*(?:--|#)\s*@(?!plan\b)/m.exec(text);
  return parse(below ? text.slice(0, below.index) : text).header;
}
