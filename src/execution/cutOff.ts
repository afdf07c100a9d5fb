import { messageOf } from '../model/errors';
import type { DirectoryStep, Section, Step } from '../model/plan';
import type { RunContext } from './context';
import { deletingSuffix, directoryName, instancesPathOf, quarantinePlace } from './directoryPath';
import { restScript } from './directoryScript';
import { numbersOf, onHost } from './host';
import { lastMoves } from './moves';
import type { Chosen } from './chosen';
import { listRuns, readJournal } from './readJournal';

/**
 * The plan as it goes on with deletions that were cut off: what one left in the quarantine is no directory of a suspect
 * any more, and is finished by its own step, as a purge. Where the directory is still, or again, in its place, its step
 * stays as it is.
 */
export async function withRests(chosen: Chosen, context: RunContext, signal?: AbortSignal): Promise<Chosen> {
  const deletes = (step: Step): step is DirectoryStep => step.step === 'directory' && step.then === 'delete';
  if (!chosen.sections.some(({ steps }) => steps.some(deletes))) {
    return chosen;
  }
  const cutOff = await cutOffPlaces(chosen.header.cloud, context.folder);
  const sections: Section[] = [];
  for (const section of chosen.sections) {
    const steps: Step[] = [];
    for (const step of section.steps) {
      const places = deletes(step) ? (cutOff.get(placeKey(section.uuid, step)) ?? []) : [];
      steps.push(...(deletes(step) ? await goOn(section, step, places, context, signal) : [step]));
    }
    sections.push({ ...section, steps });
  }
  return { ...chosen, sections };
}

/** True of a section that only finishes what was cut off: whatever it is by now, half a directory is of no use. */
export function onlyFinishes({ steps }: Section): boolean {
  return (
    steps.some(isPurge) &&
    steps.every((step) => isPurge(step) || step.step === 'confirm' || step.step === 'manual')
  );
}

export function isPurge(step: Step): boolean {
  return step.step === 'directory' && step.then === 'purge';
}

async function goOn(
  section: Section,
  step: DirectoryStep,
  places: readonly string[],
  context: RunContext,
  signal?: AbortSignal,
): Promise<DirectoryStep[]> {
  const rests: DirectoryStep[] = [];
  let isThere = true;
  for (const from of places) {
    try {
      const rest: DirectoryStep = { ...step, then: 'purge', from };
      const planned = instancesPathOf(step, context);
      const directory = directoryName(step, planned, section.uuid);
      const { run } = quarantinePlace(rest, planned, directory);
      const options = { planned, ...(signal ? { signal } : {}) };
      const answer = await onHost(context, step.host, restScript, [directory.name, run], options);
      const [left, there] = numbersOf(step.host, answer, 2);
      isThere = there === 1;
      if (left === 1) rests.push(rest);
    } catch (error) {
      context.logger.warn(`what is left of ${from} on ${step.host} was not seen: ${messageOf(error)}`);
    }
  }
  return rests.length > 0 && !isThere ? rests : [...rests, step];
}

/** Places in the quarantine where a deletion of this cloud was begun and, by its journal, not ended. */
async function cutOffPlaces(cloud: string, folder: string): Promise<Map<string, string[]>> {
  const places = new Map<string, string[]>();
  for (const { run } of (await listRuns(folder)).filter((each) => each.cloud === cloud)) {
    for (const move of lastMoves(await readJournal(folder, run))) {
      if (!move.to.endsWith(deletingSuffix) || !['deleting', 'purging'].includes(move.event)) continue;
      const key = placeKey(move.section, move);
      places.set(key, [...(places.get(key) ?? []), move.to]);
    }
  }
  return places;
}

function placeKey(uuid: string, { host, path }: Pick<DirectoryStep, 'host' | 'path'>): string {
  return JSON.stringify([uuid, host, path]);
}
