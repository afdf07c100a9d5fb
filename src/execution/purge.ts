import * as l10n from '@vscode/l10n';
import type { DirectoryStep, Section } from '../model/plan';
import type { RunContext } from './context';
import { removalTimeoutMs, type DirectoryDone } from './directory';
import { directoryName, instancesPathOf, quarantinePlace } from './directoryPath';
import { isUntouched, numbersOf, onHost, type HostOptions } from './host';
import { addToJournal } from './journal';
import { lastMoves } from './moves';
import { requireNoLiveRow } from './liveRows';
import { purgeScript } from './purgeScript';
import { readJournal } from './readJournal';

/** Deletes a place of the quarantine for good. The run that put it there hears of it in its journal, before and after. */
export async function runPurge(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  onBytes?: HostOptions['onBytes'],
): Promise<DirectoryDone> {
  const { host, path, from: to = '' } = step;
  const { run } = placeOf(section, step, context);
  const word = await lastWord(step, run, context);
  const move = { section: section.uuid, name: section.name, host, path, to, bytes: step.bytes };
  await addToJournal(context, run, { event: 'purging', ...move });
  try {
    const options = { timeoutMs: removalTimeoutMs, ...(onBytes ? { onBytes } : {}) };
    const bytes = await purge(section, step, context, ['purge', word], options);
    await addToJournal(context, run, { event: 'purged', ...move, bytes });
    return { bytes, detail: l10n.t('deleted') };
  } catch (error) {
    // After a word that was open already, it stays open.
    if (isUntouched(error) && word === 'kept') {
      await addToJournal(context, run, { event: 'not-purged', ...move });
    }
    throw error;
  }
}

/** All checks of it, without doing it. */
export async function checkPurge(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<DirectoryDone> {
  const word = await lastWord(step, placeOf(section, step, context).run, context);
  return { bytes: await purge(section, step, context, ['check', word], signal ? { signal } : {}) };
}

async function purge(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  [mode, word]: readonly [mode: 'check' | 'purge', word: string],
  options: HostOptions,
): Promise<number> {
  await requireNoLiveRow(section, step, context, options.signal);
  const planned = instancesPathOf(step, context);
  const { run, item } = placeOf(section, step, context);
  const answer = await onHost(context, step.host, purgeScript, [run, item, mode, word], {
    planned,
    ...options,
  });
  return numbersOf(step.host, answer, 1)[0] ?? NaN;
}

function placeOf(section: Section, step: DirectoryStep, context: RunContext): { run: string; item: string } {
  const instancesPath = instancesPathOf(step, context);
  return quarantinePlace(step, instancesPath, directoryName(step, instancesPath, section.uuid));
}

/** The last word of the run on the place where it leaves open whether anything is there, otherwise `kept`. */
async function lastWord(
  { host, from }: DirectoryStep,
  run: string,
  context: RunContext,
): Promise<'moving' | 'deleting' | 'purging' | 'kept'> {
  const moves = lastMoves(await readJournal(context.folder, run));
  const event = moves.find((move) => move.host === host && move.to === from)?.event;
  return event === 'moving' || event === 'deleting' || event === 'purging' ? event : 'kept';
}
