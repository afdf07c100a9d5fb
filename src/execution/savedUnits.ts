import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably } from './durable';
import type { JournalLine } from './journalLine';

type Prepared = Extract<JournalLine, { event: 'prepared' }>;

/** The way back of a transaction, as the run saved it. */
export interface SavedUnit {
  readonly section: string;
  readonly name: string;
  readonly text: string;
  /** of its file, relative to the folder of the run */
  readonly file: string;
}

/** The way back of each transaction that was committed, in the order of the run. */
export function savedUnits(folder: string, run: string, lines: readonly JournalLine[]): Promise<SavedUnit[]> {
  const committed = fragmentsOf(lines, 'committed');
  const units = preparedUnits(lines).filter(({ fragment }) => committed.has(fragment));
  return Promise.all(units.map((unit) => saved(folder, run, unit, fileOf(unit.fragment))));
}

/**
 * The same of each transaction whose COMMIT failed, and of which the database said that it was rolled back. It is
 * kept for the case that the database that was asked did not know better.
 */
export async function voidUnits(
  folder: string,
  run: string,
  lines: readonly JournalLine[],
): Promise<SavedUnit[]> {
  const rolledBack = fragmentsOf(lines, 'void');
  const units = preparedUnits(lines).filter(({ fragment }) => rolledBack.has(fragment));
  return Promise.all(
    units.map((unit) =>
      saved(folder, run, unit, voidFileOf(unit.fragment))
        // The run may have ended between the line in the journal and the new name.
        .catch(() => saved(folder, run, unit, fileOf(unit.fragment))),
    ),
  );
}

/** Prepared, and then neither committed nor void. */
export function openUnits(lines: readonly JournalLine[]): Prepared[] {
  const closed = new Set([...fragmentsOf(lines, 'committed'), ...fragmentsOf(lines, 'void')]);
  return preparedUnits(lines).filter(({ fragment }) => !closed.has(fragment));
}

/** Marks the way back of a transaction that was rolled back by its name. */
export async function renameVoid(folderOfRun: string, fragment: string): Promise<void> {
  await renameDurably(join(folderOfRun, fileOf(fragment)), join(folderOfRun, voidFileOf(fragment)));
}

async function saved(folder: string, run: string, unit: Prepared, file: string): Promise<SavedUnit> {
  const { section, name } = unit;
  return { section, name, file, text: await readFile(join(folder, run, file), 'utf8') };
}

function fileOf(fragment: string): string {
  return `restore/${fragment}`;
}

function voidFileOf(fragment: string): string {
  return `${fileOf(fragment)}.void`;
}

function preparedUnits(lines: readonly JournalLine[]): Prepared[] {
  return lines.flatMap((line) => (line.event === 'prepared' ? [line] : []));
}

function fragmentsOf(lines: readonly JournalLine[], event: 'committed' | 'void'): Set<string> {
  return new Set(lines.flatMap((line) => (line.event === event ? [line.fragment] : [])));
}
