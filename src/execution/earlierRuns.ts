import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { parse } from '../cleanup/parse';
import { restsOnEarlierRun } from '../cleanup/rowRules';
import { OperatorError } from '../model/errors';
import type { Plan, Section } from '../model/plan';
import { planFile } from '../model/runFolder';
import type { Chosen, EarlierWork } from './chosen';
import { progressOf } from './progress';
import { readJournal } from './readJournal';
import { requireOrigin } from './wayBack';

/**
 * What the runs did that a cleanup plan goes on with, by UUID. Rejects when they did not do what a section of the plan
 * rests on.
 */
export async function earlierWork(
  { header, sections }: Chosen,
  folder: string,
): Promise<ReadonlyMap<string, EarlierWork>> {
  const work = new Map<string, EarlierWork>();
  const first = header.purpose === 'cleanup' ? header.run : undefined;
  if (first === undefined) {
    return work;
  }
  const seen = new Set<string>();
  let run: string | undefined = first;
  while (run !== undefined && !seen.has(run)) {
    seen.add(run);
    const lines = await readJournal(folder, run);
    requireOrigin(header, lines);
    const plan: Plan = parse(await readFile(join(folder, run, planFile), 'utf8'));
    const progress = progressOf(plan.sections, lines);
    for (const { uuid, steps } of plan.sections) {
      const done = steps.filter((step) => progress.get(step) === 'done');
      if (done.some((step) => step.step === 'unit' && step.takesRow)) work.set(uuid, 'row-taken');
      else if (done.length > 0 && !work.has(uuid)) work.set(uuid, 'begun');
    }
    run = plan.header?.purpose === 'cleanup' ? plan.header.run : undefined;
  }
  const unfounded = sections.find(
    (section) =>
      changesMapping(section) && restsOnEarlierRun(section) && work.get(section.uuid) !== 'row-taken',
  );
  if (unfounded) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The run {0} did not take the row of {1} away.', first, unfounded.uuid),
      l10n.t('Scan again, and draft a new plan from what is found.'),
    );
  }
  return work;
}

function changesMapping({ steps }: Section): boolean {
  return steps.some((step) => step.step === 'unit' && step.statements.some(({ kind }) => kind !== 'select'));
}
