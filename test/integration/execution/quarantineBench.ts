import assert from 'node:assert/strict';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { purgePlanText } from '../../../src/execution/purgePlan';
import { readJournal } from '../../../src/execution/readJournal';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport, StepOutcome } from '../../../src/model/report';
import { cloudName } from './bench';
import { host, instances, path, uuid } from './instanceDirectory';
import { bearingOut, planText, sectionText } from './planText';

export const store = `${instances}/.openstack-zombies-quarantine`;

/** A plan that takes the directory away. */
export function takeAway(context: RunContext, then: 'quarantine' | 'delete'): string {
  return planText(context, sectionText(uuid, directive('directory', { host, path, bytes: 0, then })));
}

/** Runs a plan, with a look that bears it out. */
export function runText(
  context: RunContext,
  text: string,
  onProgress?: (what: string) => void,
): Promise<RunReport> {
  const look = bearingOut(text);
  const options = onProgress
    ? { onProgress: (_done: number, _total: number, what: string) => onProgress(what) }
    : {};
  return runPlan(parse(text), text, { ...context, look }, options);
}

/** Puts the directory into quarantine, and gives the run. */
export async function quarantined(context: RunContext): Promise<string> {
  const report = await runText(context, takeAway(context, 'quarantine'));
  assert.deepEqual(outcomes(report), ['done'], problem(report));
  return report.run;
}

export function purgeOf(context: RunContext, ...runs: readonly string[]): Promise<string> {
  const cells = context.cells.map((cell) => cell.uuid);
  return purgePlanText(context.folder, runs, { cloud: cloudName, cells }, context.clock);
}

export function outcomes(report: RunReport): StepOutcome[] {
  return report.sections.flatMap(({ steps }) => steps.map(({ outcome }) => outcome));
}

export function problem({ sections }: RunReport): string {
  return sections[0]?.problem?.message ?? '';
}

/** What the journal of a run says of places in the quarantine. */
export async function events(context: RunContext, run: string): Promise<string[]> {
  return (await readJournal(context.folder, run)).filter((line) => 'to' in line).map(({ event }) => event);
}
