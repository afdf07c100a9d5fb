import type { Span } from '../../model/span';
import type { RunReport } from '../../model/report';

/** What a dry run, or a count, found at a statement. */
export interface Count {
  readonly span: Span;
  readonly rows: number;
  readonly expected?: number;
}

/** One edit of a text, as offsets in the text before it. */
export interface Edit {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: number;
}

/** The counts of a report's statements. */
export function countsOf(report: RunReport): Count[] {
  return report.sections.flatMap(({ steps }) =>
    steps.flatMap(({ span, rows, expected }) => {
      if (rows === undefined) {
        return [];
      }
      return [expected === undefined ? { span, rows } : { span, rows, expected }];
    }),
  );
}

/** The counts after an edit: those behind it move along, and the one of an edited statement is dropped. */
export function afterEdit(counts: readonly Count[], { offset, removed, inserted }: Edit): Count[] {
  const by = inserted - removed;
  return counts.flatMap((count) => {
    const { start, end } = count.span;
    if (offset + removed <= start) {
      return [{ ...count, span: { start: start + by, end: end + by } }];
    }
    return offset >= end ? [count] : [];
  });
}
