import type { Section, Step } from '../model/plan';
import type { Span } from '../model/span';
import type { Work } from '../model/work';
import { PlanReader, type BlockContent, type BlockContext } from './planReader';
import { findUnusual } from './sql/unusual';
import { scanning } from './sql/scan';

/** More problems than anybody reads: a plan with so many refuses as a whole. */
export const mostProblems = 1000;

/** A stretch of a plan that was read by itself: the lines before the first @instance, or those of a section. */
export interface Block extends BlockContent {
  readonly text: string;
  /** offset of the text that all spans count from */
  readonly at: number;
  /** as it was read, where the text before it had another length then */
  readonly read?: Block;
}

/** Reads a stretch of the text, which begins and ends with lines of it. */
export function* readBlock(text: string, stretch: Span, context: BlockContext): Work<Block> {
  const reader = new PlanReader(text, stretch, context);
  yield* scanning(text, stretch, reader);
  const { problems, ...found } = reader.finish();
  const { start: at, end } = stretch;
  const all = [...findUnusual(text, stretch), ...problems];
  return { text: text.slice(at, end), at, ...found, problems: all.slice(0, mostProblems) };
}

/** The same block where the text before it has another length. */
export function blockAt(block: Block, at: number): Block {
  if (at === block.at) return block;
  const read = block.read ?? block;
  const by = at - read.at;
  if (by === 0) return read;
  const { header } = read;
  return {
    ...read,
    at,
    read,
    ...(header ? { header: { ...header, span: moved(header.span, by) } } : {}),
    sections: read.sections.map((section) => movedSection(section, by)),
    problems: read.problems.map((problem) => ({ ...problem, span: moved(problem.span, by) })),
  };
}

/** Its steps are moved when somebody asks for them: after a keystroke nobody looks at most sections. */
function movedSection(section: Section, by: number): Section {
  let steps: readonly Step[] | undefined;
  return {
    ...section,
    span: moved(section.span, by),
    range: moved(section.range, by),
    get steps(): readonly Step[] {
      steps ??= section.steps.map((step) => movedStep(step, by));
      return steps;
    },
  };
}

function movedStep(step: Step, by: number): Step {
  const span = moved(step.span, by);
  if (step.step !== 'unit') return { ...step, span };
  const statements = step.statements.map((each) => ({ ...each, span: moved(each.span, by) }));
  return { ...step, statements, span };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
