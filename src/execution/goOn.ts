import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { goOnDocument, isOpen } from '../cleanup/goOn';
import { parse } from '../cleanup/parse';
import { OperatorError } from '../model/errors';
import type { Section, Step } from '../model/plan';
import { planFile } from '../model/runFolder';
import { ApiDoor } from './apiDoor';
import { checkApiStep } from './apiStep';
import type { RunContext } from './context';
import { isBulk } from './history/bulkRun';
import { bulkGoOnText } from './history/historyPlans';
import { leftOnHost, type Left } from './leftOnHost';
import { progressOf } from './progress';
import { readJournal } from './readJournal';
import { requireSettled } from './restorePlan';
import type { ActiveStep } from './section';
import { usualWait } from './serverRequests';

/**
 * What a run left undone, as a plan. Rejects while it is open what became of a transaction (see `settleRun`), or when a
 * host or an API does not say how far a step came that was cut off.
 */
export async function goOnText(folder: string, run: string, context: RunContext): Promise<string> {
  const lines = await readJournal(folder, run);
  requireSettled(run, lines);
  const text = await readFile(join(folder, run, planFile), 'utf8');
  const { header, ...plan } = parse(text);
  const begun = lines.find((line) => line.event === 'run-begun');
  if (!header || begun?.event !== 'run-begun') {
    throw new OperatorError(
      'not-found',
      l10n.t('The plan of the run {0} is not there any more.', run),
      l10n.t('Scan again, and draft a new plan from what is found.'),
    );
  }
  if (isBulk({ header, ...plan })) {
    const rest = bulkGoOnText(text, { header, ...plan }, header, { run, lines, clock: context.clock });
    if (rest === undefined) throw nothingLeft(run);
    return rest;
  }
  const sections = plan.sections.filter(({ uuid }) => begun.sections?.includes(uuid) ?? true);
  const done = new Set<Step>();
  const changed = new Map<Step, string>();
  for (const [step, state] of progressOf(sections, lines)) {
    const section = sections.find(({ steps }) => steps.includes(step));
    const left =
      state === 'unsure' && section ? await ask(section, step, run, context) : { done: state === 'done' };
    if (left.done) done.add(step);
    else if (left.line !== undefined) changed.set(step, left.line);
  }
  if (sections.every((section) => !isOpen(section, done))) {
    throw nothingLeft(run);
  }
  const drafted = context.clock.now().toISOString();
  const head = { id: randomUUID(), run, drafted };
  return goOnDocument(text, { ...plan, header, sections }, head, { done, changed });
}

export function nothingLeft(run: string): OperatorError {
  return new OperatorError(
    'not-found',
    l10n.t('The run {0} left nothing undone.', run),
    l10n.t('Choose one that was interrupted or stopped.'),
  );
}

async function ask(section: Section, step: Step, run: string, context: RunContext): Promise<Left> {
  if (step.step === 'domain' || step.step === 'directory') {
    return leftOnHost(section, step, run, context);
  }
  return { done: step.step === 'api' && (await isAnswered(section, step, context)) };
}

/** The request has nothing to ask for any more. */
async function isAnswered(
  section: Section,
  step: Extract<ActiveStep, { step: 'api' }>,
  context: RunContext,
): Promise<boolean> {
  const door = new ApiDoor(context.access);
  try {
    const { reports, error } = await checkApiStep(section, step, { door, wait: usualWait });
    if (error !== undefined) throw error as Error;
    return reports.every(({ irreversible }) => !irreversible);
  } finally {
    await door.close();
  }
}
