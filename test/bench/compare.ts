import type { Figure, Unit } from './work';

/** Does it once, and gives what is counted. */
export type Side = () => Promise<number>;

interface Comparison {
  readonly name: string;
  readonly peer: string;
  readonly unit: Unit;
  readonly goal: number;
  readonly rounds: number;
  readonly ours: Side;
  readonly theirs: Side;
}

/**
 * Both sides in turns, and by turns the first: what a machine does beside meets both. A round before, which does not
 * count, warms both.
 */
export async function compare({ ours, theirs, rounds, ...about }: Comparison): Promise<Figure> {
  const counted = { ours: [] as number[], theirs: [] as number[] };
  const sides = { ours, theirs };
  for (let round = 0; round <= rounds; round++) {
    for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const count = await sides[side]();
      if (round > 0) counted[side].push(count);
    }
  }
  return figureOf({ ...about, ...counted });
}

/** What was counted, held against a peer's rounds. */
export function figureOf(counted: Omit<Figure, 'ratio' | 'met'>): Figure {
  const ratio = median(counted.ours) / median(counted.theirs);
  return { ...counted, ratio, met: ratio <= counted.goal };
}

/** What was counted, held against a limit. */
export function within(limit: number, { name, unit, ours }: Pick<Figure, 'name' | 'unit' | 'ours'>): Figure {
  return figureOf({ name, unit, ours, peer: 'a limit', theirs: [limit], goal: 1 });
}

/** The seconds that it takes. */
export function timed(work: () => Promise<unknown>): Side {
  return async () => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return (low + high) / 2;
}
