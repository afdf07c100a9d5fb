/** Where a section of a plan stands: its first line and how many it has, counted from 1. */
export function sectionLines(plan: string, uuid: string): { first: number; count: number } {
  const lines = plan.split('\n');
  const first = lines.findIndex((line) => line.startsWith(`-- @instance uuid="${uuid}"`));
  if (first < 0) throw new Error(`the plan has no section of ${uuid}`);
  const next = lines.findIndex((line, index) => index > first && line.startsWith('-- @instance '));
  return { first: first + 1, count: (next < 0 ? lines.length : next) - first };
}

/** The number of the first line that begins so, from 1. */
export function lineOf(plan: string, beginning: string): number {
  return plan.split('\n').findIndex((line) => line.startsWith(beginning)) + 1;
}

export function withoutLines(plan: string, { first, count }: { first: number; count: number }): string {
  return plan
    .split('\n')
    .toSpliced(first - 1, count)
    .join('\n');
}
