import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { parse } from '../cleanup/parse';
import { restsOnEarlierRun } from '../cleanup/rowRules';
import { OperatorError } from '../model/errors';
import type { Section } from '../model/plan';
import { planFile } from '../model/runFolder';
import type { Chosen } from './preflight';
import { progressOf } from './progress';
import { readJournal } from './readJournal';
import { requireOrigin } from './wayBack';

/** What earlier runs did of an instance: a part of its steps, or so much that its row is gone from the cell. */
export type EarlierWork = 'begun' | 'row-taken';

/**
 * What the runs did that a cleanup plan goes on with, by UUID. Rejects when they did not do what a section of the plan
 * rests on.
 */
export async function earlierWork(
  { header, sections }: Chosen,
  folder: string,
): Promise<ReadonlyMap<string, EarlierWork>> {
  const work = new Map<string, EarlierWork>();
  if (header.purpose !== 'cleanup') {
    return work;
  }
  const seen = new Set<string>();
  for (let run = header.run; run !== undefined && !seen.has(run);) {
    seen.add(run);
    const lines = await readJournal(folder, run);
    requireOrigin(header, lines);
    const plan = parse(await readFile(join(folder, run, planFile), 'utf8'));
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
      l10n.t('The run {0} did not take the row of {1} away.', header.run ?? '', unfounded.uuid),
      l10n.t('Scan again, and draft a new plan from what is found.'),
    );
  }
  return work;
}

function changesMapping({ steps }: Section): boolean {
  return steps.some((step) => step.step === 'unit' && step.statements.some(({ kind }) => kind !== 'select'));
}
