import type { Plan } from '../model/plan';
import { PlanReader } from './planReader';
import { ProblemList } from './problemList';
import { findUnusual } from './sql/unusual';
import { scan } from './sql/scan';

/**
 * Reads the text of a plan. Never throws: what was not understood, or may not run, is in `problems`, in the order
 * of the text.
 */
export function parse(text: string): Plan {
  const problems = new ProblemList();
  for (const problem of findUnusual(text)) {
    if (problems.full) break;
    problems.add(problem);
  }
  const reader = new PlanReader(text, problems);
  scan(text, reader);
  return reader.finish();
}
