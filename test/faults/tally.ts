/** Lines of the first text that the second lacks, counted as often as they are missing. */
export function missing(before: string, after: string): string[] {
  const left = new Map<string, number>();
  for (const line of after.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return before.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** Lines that only one of the texts has. */
export function differing(one: string, other: string): string[] {
  return [...missing(one, other), ...missing(other, one)];
}
