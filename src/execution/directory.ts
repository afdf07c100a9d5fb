import * as l10n from '@vscode/l10n';
import type { DirectoryStep, Section } from '../model/plan';
import type { StepReport } from '../model/report';
import type { RunContext } from './context';
import { directoryName, quarantineFolder, quarantineRun, type DirectoryName } from './directoryPath';
import { directoryScript, restoreScript } from './directoryScript';
import { AnswerLostError, onHost } from './host';
import type { Journal } from './journal';
import { lastMoves } from './moves';
import { readJournal } from './readJournal';

/** A large directory is removed gently, which takes its time. */
const removalTimeoutMs = 60 * 60_000;

type Done = Pick<StepReport, 'bytes' | 'detail'>;

interface Taken {
  readonly bytes: number;
  /** base images that are kept beside the directory */
  readonly images: number;
}

/** The domain that a step of the same section removes on the same host, before the directory. */
export type Stopped = 'active' | 'inactive' | 'nothing';

/** Takes a directory away, or puts it back. No cancel interrupts it, so that it always says what it did. */
export async function runDirectory(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  journal: Journal,
  stopped: Stopped,
): Promise<Done> {
  const instancesPath = instancesPathOf(step, context);
  const directory = directoryName(step, instancesPath, section.uuid);
  if (step.then === 'restore') {
    return restore(step, directory, context, 'restore');
  }
  const kept =
    step.then === 'quarantine' ? `${instancesPath}/${quarantineFolder}/${journal.run}/${directory.name}` : '';
  const move = {
    section: section.uuid,
    name: section.name,
    host: step.host,
    path: step.path,
    to: kept,
    bytes: step.bytes,
  };
  if (kept !== '') {
    await journal.add({ event: 'moving', ...move });
  }
  let taken: Taken;
  try {
    taken = await take(step, directory, context, journal.run, step.then, stopped);
  } catch (error) {
    // Only the script itself can say that it left the directory where it was.
    if (kept !== '' && !(error instanceof AnswerLostError)) {
      await journal.add({ event: 'not-moved', ...move });
    }
    throw error;
  }
  const { bytes, images } = taken;
  if (kept === '') {
    return { bytes, detail: l10n.t('deleted') };
  }
  await journal.add({ event: 'moved', ...move, bytes });
  return { bytes, detail: images > 0 ? l10n.t('{0}, with {1} base images', kept, images) : kept };
}

/** All checks of the step, without the step. */
export async function checkDirectory(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  stopped: Stopped,
  signal?: AbortSignal,
): Promise<Done> {
  const directory = directoryName(step, instancesPathOf(step, context), section.uuid);
  if (step.then === 'restore') {
    return restore(step, directory, context, 'check', signal);
  }
  const { bytes } = await take(step, directory, context, '', 'check', stopped, signal);
  return { bytes };
}

async function take(
  step: DirectoryStep,
  directory: DirectoryName,
  context: RunContext,
  run: string,
  mode: 'check' | 'quarantine' | 'delete',
  stopped: Stopped,
  signal?: AbortSignal,
): Promise<Taken> {
  // A domain that was stopped a second ago has written a second ago, and nothing else is allowed to.
  const quiet = stopped === 'active' ? 0 : context.thresholds.directoryQuietMinutes;
  const stopping = mode === 'check' ? stopped : 'nothing';
  const args = [directory.name, directory.uuid, run, mode, String(quiet), stopping];
  const [bytes = NaN, images = NaN] = numbers(
    await onHost(context, step.host, directoryScript, args, {
      planned: instancesPathOf(step, context),
      ...(mode === 'delete' ? { timeoutMs: removalTimeoutMs } : {}),
      ...(signal ? { signal } : {}),
    }),
  );
  return { bytes, images };
}

async function restore(
  step: DirectoryStep,
  directory: DirectoryName,
  context: RunContext,
  mode: 'check' | 'restore',
  signal?: AbortSignal,
): Promise<Done> {
  const instancesPath = instancesPathOf(step, context);
  const run = quarantineRun(step, instancesPath, directory.name);
  const word = await lastWord(step, run, context);
  const args = [directory.name, run, mode, word];
  const [bytes = NaN] = numbers(
    await onHost(context, step.host, restoreScript, args, {
      planned: instancesPath,
      ...(signal ? { signal } : {}),
    }),
  );
  return { bytes, detail: step.path };
}

/** `moving` when the run was cut off there, so that nobody knows whether the directory left. */
async function lastWord(
  { host, path }: DirectoryStep,
  run: string,
  context: RunContext,
): Promise<'moving' | 'moved'> {
  const moves = lastMoves(await readJournal(context.folder, run));
  const last = moves.find((move) => move.host === host && move.path === path);
  return last?.event === 'moving' ? 'moving' : 'moved';
}

/** As the settings have it, or as the plan does: then the host has to confirm it before anything is done. */
function instancesPathOf({ path }: DirectoryStep, { access }: RunContext): string {
  return access.configuration.instancesPath ?? path.slice(0, path.lastIndexOf('/'));
}

function numbers(answer: string): number[] {
  return answer.split(' ').map(Number);
}
