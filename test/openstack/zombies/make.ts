import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench';
import { beingBuilt, untouched, type Untouched } from './untouched';
import type { Zombie } from './zombie';
import { zombies } from './zombies';

export interface Made {
  readonly zombies: ReadonlyMap<Zombie, string>;
  readonly untouched: ReadonlyMap<Untouched, string>;
}

/** All zombies, and what is none: prepared side by side, broken one after the other, and left alone until they are old. */
export async function makeZombies(bench: Bench, minutes: number): Promise<Made> {
  const [prepared, ready] = await Promise.all([
    Promise.all(zombies.map(async (zombie) => (await zombie.prepare?.(bench)) ?? '')),
    Promise.all(untouched.map(async (each) => [each, await each.make(bench)] as const)),
  ]);
  const made = new Map<Zombie, string>();
  for (const [at, zombie] of zombies.entries()) {
    made.set(zombie, await zombie.happen(bench, prepared[at] ?? ''));
  }
  await sleep(minutes * 60_000);
  return { zombies: made, untouched: new Map([...ready, [beingBuilt, await beingBuilt.make(bench)]]) };
}
