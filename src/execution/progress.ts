import type { Section, Step } from '../model/plan';
import type { JournalLine } from './journal';
import { lastMoves } from './moves';
import { activeSteps, type ActiveStep } from './section';

/** `unsure`: the step began, and the journal does not say how it ended. */
export type StepState = 'done' | 'open' | 'unsure';

/** What the journal of a run says of each step of its plan. */
export function progressOf(
  sections: readonly Section[],
  lines: readonly JournalLine[],
): ReadonlyMap<Step, StepState> {
  return new Map(
    sections.flatMap((section) =>
      activeSteps(section).map((step): [Step, StepState] => [step, stateOf(section, step, lines)]),
    ),
  );
}

function stateOf(section: Section, step: ActiveStep, lines: readonly JournalLine[]): StepState {
  if (step.step === 'unit') {
    return isCommitted(section, step.database, lines) ? 'done' : 'open';
  }
  if (step.step === 'directory' && step.then === 'quarantine') {
    const last = lastMoves(lines).find(({ host, path }) => host === step.host && path === step.path);
    return last === undefined || last.event === 'not-moved'
      ? 'open'
      : last.event === 'moved'
        ? 'done'
        : 'unsure';
  }
  const offset = step.span.start;
  const last = lines.findLast(
    (line) => (line.event === 'step-begun' || line.event === 'step-ended') && line.offset === offset,
  );
  if (last?.event !== 'step-ended') {
    return last === undefined ? 'open' : 'unsure';
  }
  if (last.outcome === 'done') {
    return 'done';
  }
  return last.outcome === 'unknown' || last.outcome === 'failed' ? 'unsure' : 'open';
}

/** A section has one unit for each database. */
function isCommitted({ uuid }: Section, database: string, lines: readonly JournalLine[]): boolean {
  const committed = new Set(lines.flatMap((line) => (line.event === 'committed' ? [line.fragment] : [])));
  return lines.some(
    (line) =>
      line.event === 'prepared' &&
      line.section === uuid &&
      line.database === database &&
      committed.has(line.fragment),
  );
}
