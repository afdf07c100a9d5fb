import type { DirectoryStep, Section, Step } from '../model/plan';
import { copySuffix } from './directoryPath';
import type { JournalLine, MoveEntry } from './journalLine';
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
    const last = lastMoves(lines).find((move) => isOf(step, move));
    if (last === undefined || last.event === 'not-moved') return 'open';
    return last.event === 'moving' ? 'unsure' : 'done';
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

/** The move of the directory itself, and not of what was copied of its domain. */
function isOf({ host, path }: DirectoryStep, move: MoveEntry): boolean {
  return move.host === host && move.path === path && !move.to.endsWith(copySuffix);
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
