import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '../../cleanup/parse';
import type { JournalLine } from '../../execution/journal';
import { lastMoves } from '../../execution/moves';
import { progressOf } from '../../execution/progress';
import { planFile } from '../../model/runFolder';

/** A run with its journal. */
export interface Told {
  readonly folder: string;
  readonly lines: readonly JournalLine[];
}

/** Where the directories are that a run put into quarantine, or may have, and that none of `later` brought back. */
export async function quarantined({ lines }: Told, later: readonly Told[]): Promise<string[]> {
  const moved = lastMoves(lines).filter(({ event }) => event !== 'not-moved');
  if (moved.length === 0) return [];
  const back = new Set((await Promise.all(later.map(broughtBack))).flat());
  return moved.map(({ host, to }) => `${host}:${to}`).filter((place) => !back.has(place));
}

/** Read from the plan of a restore, whose journal knows its steps by where they stand in it. */
async function broughtBack({ folder, lines }: Told): Promise<string[]> {
  const { sections } = parse(await readFile(join(folder, planFile), 'utf8').catch(() => ''));
  return [...progressOf(sections, lines)].flatMap(([step, state]) =>
    step.step === 'directory' && step.then === 'restore' && state === 'done' && step.from !== undefined
      ? [`${step.host}:${step.from}`]
      : [],
  );
}
