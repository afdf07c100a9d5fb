import * as vscode from 'vscode';
import type { CloudConfiguration } from '../../app/configurations';
import { apply, directoryChoice, type Replacement } from '../../app/directoryChoice';
import { readPlan } from '../../app/readPlan';
import { OperatorError } from '../../model/errors';
import type { PlanHeader, Section } from '../../model/plan';
import { confirm } from '../ask';
import type { Parts } from '../parts';
import type { Rehearsals } from '../plan/rehearsals';
import { chosen, isReady, summarize, type PlanSummary } from '../plan/summary';
import { cloudTitle } from '../words';
import { confirmBulk, isBulk } from './confirmBulk';
import { replace } from './planDocument';
import { runDetails, runQuestion } from './runDetails';
import { countStandings, standingLines, typeToConfirm, type Standings } from './typedConfirmation';

type Fate = 'quarantine' | 'delete';

/** What a run of the text would do. */
interface Prospect {
  readonly text: string;
  readonly purpose: PlanHeader['purpose'];
  readonly all: readonly Section[];
  readonly ready: readonly Section[];
  readonly summary: PlanSummary;
  readonly standings: Standings;
}

/** What is to be run, and where. */
interface Wish {
  readonly cloud: CloudConfiguration;
  /** default: all sections */
  readonly uuids: readonly string[] | undefined;
  readonly warning: string | undefined;
}

/**
 * Asks before a run, with what it will do, and returns the text to run: what the operator confirmed, to the letter.
 * Quarantine in place of deletion, or the other way, is asked again, and written into the plan with the final Run.
 */
export async function confirmRun(
  { plans }: Pick<Parts, 'plans'>,
  document: vscode.TextDocument,
  { cloud, uuids, warning }: Wish,
): Promise<string> {
  const plan = await plans.read(document);
  const before = document.getText();
  if (isBulk(plan)) {
    await confirmBulk(plan, cloud, warning);
    return before;
  }
  const { all } = prospectOf(before, uuids, plans.rehearsals);
  const choices = all.map(({ uuid }) => uuid);
  let edits: readonly Replacement[] = [];
  for (;;) {
    const prospect = prospectOf(apply(before, edits), uuids, plans.rehearsals);
    const fate = await ask(prospect, cloud, warning);
    if (fate !== undefined) {
      edits = directoryChoice(before, choices, fate);
      continue;
    }
    await write(document, before, edits, prospect.text);
    return prospect.text;
  }
}

function prospectOf(text: string, uuids: readonly string[] | undefined, rehearsals: Rehearsals): Prospect {
  const plan = readPlan(text);
  const all = chosen(plan, uuids);
  const ready = all.filter(isReady);
  if (ready.length === 0) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('Nothing in the plan is ready to run.'),
      vscode.l10n.t('Do what the lines with @confirm and @manual ask for, or draft the plan again.'),
    );
  }
  const standings = countStandings(ready.map((section) => rehearsals.standing(plan, text, section)));
  return {
    text,
    purpose: plan.header?.purpose ?? 'cleanup',
    all,
    ready,
    summary: summarize(ready),
    standings,
  };
}

/** Undefined: run it. */
async function ask(
  { text, purpose, all, ready, summary, standings }: Prospect,
  cloud: CloudConfiguration,
  warning: string | undefined,
): Promise<Fate | undefined> {
  const question = runQuestion(purpose, cloudTitle(cloud));
  const lines = runDetails(summary, all.length - ready.length, purpose);
  const before = warning === undefined ? [] : [warning, ''];
  const detail = [...before, ...lines, '', ...standingLines(standings)].join('\n');
  const buttons = buttonsFor(text, ready);
  const fate = buttons.get(await confirm(question, detail, [vscode.l10n.t('Run'), ...buttons.keys()]));
  if (fate === undefined) await typeToConfirm(cloud, summary, standings);
  return fate;
}

/** The choice is written where the operator can read it and take it back. */
async function write(
  document: vscode.TextDocument,
  before: string,
  edits: readonly Replacement[],
  wanted: string,
): Promise<void> {
  if (document.getText() === before && edits.length > 0) await replace(document, edits);
  if (document.getText() !== wanted) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('The plan was changed while it was being confirmed.'),
      vscode.l10n.t('Run it again.'),
    );
  }
}

function buttonsFor(text: string, sections: readonly Section[]): Map<string, Fate> {
  const uuids = sections.map(({ uuid }) => uuid);
  const titles: readonly (readonly [Fate, string])[] = [
    ['quarantine', vscode.l10n.t('Quarantine Directories Instead')],
    ['delete', vscode.l10n.t('Delete Directories Instead')],
  ];
  return new Map(
    titles
      .filter(([fate]) => directoryChoice(text, uuids, fate).length > 0)
      .map(([fate, title]) => [title, fate]),
  );
}
