import type { Section, Span, Step } from '../model/plan';
import { PlanReader, type BlockContent, type BlockContext } from './planReader';
import { findUnusual } from './sql/unusual';
import { scan } from './sql/scan';

/** A stretch of a plan that was read by itself: the lines before the first @instance, or those of a section. */
export interface Block extends BlockContent {
  readonly text: string;
  /** offset of the text that all spans count from */
  readonly at: number;
}

/** Reads a stretch of the text, which begins and ends with lines of it. */
export function readBlock(text: string, stretch: Span, context: BlockContext): Block {
  const reader = new PlanReader(text, stretch, context);
  scan(text, stretch, reader);
  const { problems, ...found } = reader.finish();
  const { start: at, end } = stretch;
  return { text: text.slice(at, end), at, ...found, problems: [...findUnusual(text, stretch), ...problems] };
}

/** The same block where the text before it has another length. */
export function blockAt(block: Block, at: number): Block {
  const by = at - block.at;
  if (by === 0) return block;
  const { header } = block;
  return {
    ...block,
    at,
    ...(header ? { header: { ...header, span: moved(header.span, by) } } : {}),
    sections: block.sections.map((section) => movedSection(section, by)),
    problems: block.problems.map((problem) => ({ ...problem, span: moved(problem.span, by) })),
  };
}

function movedSection(section: Section, by: number): Section {
  const { span, range, steps } = section;
  return {
    ...section,
    span: moved(span, by),
    range: moved(range, by),
    steps: steps.map((step) => movedStep(step, by)),
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
