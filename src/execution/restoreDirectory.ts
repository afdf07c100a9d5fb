import type { DirectoryStep, Section } from '../model/plan';
import type { RunContext } from './context';
import type { DirectoryDone } from './directory';
import { directoryName, instancesPathOf, quarantinePlace } from './directoryPath';
import { numbersOf, onHost } from './host';
import { addToJournal } from './journal';
import { lastMoves } from './moves';
import { readJournal } from './readJournal';
import { restoreScript } from './restoreScript';

/** Puts a directory back from the quarantine, and notes it in the journal of the run that put it there. */
export async function restoreDirectory(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
): Promise<DirectoryDone> {
  const done = await restore(section, step, context, 'restore');
  const { host, path, from: to = '', bytes } = step;
  const move = { section: section.uuid, name: section.name, host, path, to, bytes };
  await addToJournal(context, done.run, { event: 'restored', ...move });
  return { bytes: done.bytes, detail: path };
}

/** All checks of it, without doing it. */
export async function checkRestore(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<DirectoryDone> {
  const { bytes } = await restore(section, step, context, 'check', signal);
  return { bytes, detail: step.path };
}

async function restore(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  mode: 'check' | 'restore',
  signal?: AbortSignal,
): Promise<{ run: string; bytes: number }> {
  const planned = instancesPathOf(step, context);
  const directory = directoryName(step, planned, section.uuid);
  const { run } = quarantinePlace(step, planned, directory);
  const args = [directory.name, run, mode, await lastWord(step, run, context)];
  const options = { planned, ...(signal ? { signal } : {}) };
  const answer = await onHost(context, step.host, restoreScript, args, options);
  const [bytes = NaN] = numbersOf(step.host, answer, 2);
  return { run, bytes };
}

/** `moving` when the run was cut off there, so that nobody knows whether the directory left. */
async function lastWord(
  { host, from }: DirectoryStep,
  run: string,
  context: RunContext,
): Promise<'moving' | 'moved'> {
  const moves = lastMoves(await readJournal(context.folder, run));
  const last = moves.find((move) => move.host === host && move.to === from);
  return last?.event === 'moving' ? 'moving' : 'moved';
}
