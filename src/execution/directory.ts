import * as l10n from '@vscode/l10n';
import type { DirectoryStep, Section } from '../model/plan';
import type { StepReport } from '../model/report';
import type { RunContext } from './context';
import { deletingSuffix, directoryName, instancesPathOf, quarantineFolder } from './directoryPath';
import { directoryScript } from './directoryScript';
import { requireNowhereElse } from './elsewhere';
import { requireNoLiveRow, requireNoLiveRowAnywhere } from './liveRows';
import { isUntouched, numbersOf, onHost, type HostOptions } from './host';
import type { Journal } from './journal';
import { RefusalError } from './refusals';

/** A large directory is removed gently, which takes its time. */
export const removalTimeoutMs = 60 * 60_000;

export type DirectoryDone = Pick<StepReport, 'bytes' | 'detail'>;

interface Taken {
  readonly bytes: number;
  /** base images that are kept beside the directory */
  readonly images: number;
}

/** The domain that a step of the same section removes on the same host, before the directory. */
export type Stopped = 'active' | 'inactive' | 'nothing';

/** Takes a directory away. No cancel interrupts it, so that it always says what it did. */
export async function runDirectory(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  journal: Journal,
  stopped: Stopped,
  onBytes?: HostOptions['onBytes'],
): Promise<DirectoryDone> {
  const instancesPath = instancesPathOf(step, context);
  const { name } = directoryName(step, instancesPath, section.uuid);
  const deletes = step.then === 'delete';
  const { host, path } = step;
  const to = `${instancesPath}/${quarantineFolder}/${journal.run}/${name}${deletes ? deletingSuffix : ''}`;
  const move = { section: section.uuid, name: section.name, host, path, to, bytes: step.bytes };
  await journal.add({ event: deletes ? 'deleting' : 'moving', ...move });
  let taken: Taken;
  try {
    const options = { ...(deletes ? { timeoutMs: removalTimeoutMs } : {}), ...(onBytes ? { onBytes } : {}) };
    taken = await take(
      section,
      step,
      context,
      [journal.run, deletes ? 'delete' : 'quarantine'],
      stopped,
      options,
    );
  } catch (error) {
    if (isUntouched(error)) {
      await journal.add({ event: deletes ? 'not-deleted' : 'not-moved', ...move });
    }
    throw error;
  }
  const { bytes, images } = taken;
  await journal.add({ event: deletes ? 'deleted' : 'moved', ...move, bytes });
  if (deletes) {
    return { bytes, detail: l10n.t('deleted') };
  }
  return { bytes, detail: images > 0 ? l10n.t('{0}, with {1} base images', to, images) : to };
}

/** All checks of the step, without the step. */
export async function checkDirectory(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  stopped: Stopped,
  signal?: AbortSignal,
): Promise<DirectoryDone> {
  const { bytes } = await take(section, step, context, ['', 'check'], stopped, signal ? { signal } : {});
  return { bytes };
}

async function take(
  section: Section,
  step: DirectoryStep,
  context: RunContext,
  [run, mode]: readonly [run: string, mode: 'check' | 'quarantine' | 'delete'],
  stopped: Stopped,
  options: HostOptions,
): Promise<Taken> {
  const planned = instancesPathOf(step, context);
  const directory = directoryName(step, planned, section.uuid);
  // A domain that was stopped a second ago has written a second ago, and nothing else is allowed to.
  const quiet = stopped === 'active' ? 0 : context.thresholds.directoryQuietMinutes;
  const stopping = mode === 'check' ? stopped : 'nothing';
  const once = async (alone: 'alone' | 'unknown'): Promise<Taken> => {
    const args = [directory.name, directory.uuid, run, mode, String(quiet), stopping, step.host, alone];
    const answer = await onHost(context, step.host, directoryScript, args, { planned, ...options });
    const [bytes = NaN, images = NaN] = numbersOf(step.host, answer, 2);
    return { bytes, images };
  };
  await requireNoLiveRow(section, step, context, options.signal);
  try {
    return await once('unknown');
  } catch (error) {
    if (!(error instanceof RefusalError) || error.reason !== 'shared-storage') throw error;
  }
  const removed =
    mode === 'check' ? section.steps.flatMap((other) => (other.step === 'domain' ? [other.host] : [])) : [];
  await requireNoLiveRowAnywhere(section, context, options.signal);
  await requireNowhereElse(step.host, directory, removed, context, options.signal);
  return once('alone');
}
