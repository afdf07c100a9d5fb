import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { OperatorError } from '../../model/errors';
import { confirm, pick } from '../ask';
import type { Parts } from '../parts';
import { RunElement } from '../runs/runElement';
import { runCounts, runState, runTitle } from '../runs/runWords';
import { ago, timeOfDay } from '../words';

interface Choice {
  readonly title: string;
  readonly placeHolder: string;
  readonly fits: (run: RunSummary) => boolean;
  /** when none fits */
  readonly none: { readonly message: string; readonly action: string };
}

/** The run of the clicked line, or of that id; else the operator picks one that fits. */
export async function chooseRun(
  { zombies }: Pick<Parts, 'zombies'>,
  [wanted]: readonly unknown[],
  { title, placeHolder, fits, none }: Choice,
): Promise<RunSummary> {
  const id = wanted instanceof RunElement ? wanted.run.run : wanted;
  const all = await zombies.runs();
  const named = all.find(({ run }) => run === id);
  if (named) return named;
  const items = all.filter(fits).map((run) => ({ ...item(run, new Date()), run }));
  if (items.length === 0) throw new OperatorError('not-found', none.message, none.action);
  const matching = { matchOnDescription: true, matchOnDetail: true };
  return (await pick(items, { title, placeHolder, ...matching })).run;
}

/** A run on another machine may still go on, and nothing here can tell: the operator can. */
export async function requireOver({ machine }: RunSummary, button: string): Promise<void> {
  if (machine === undefined) return;
  const question = vscode.l10n.t('Has the run ended? It was on {0}, and may still go on there.', machine);
  const detail = vscode.l10n.t('What it is just changing would be taken for what it left undone.');
  await confirm(question, detail, [button]);
}

function item(run: RunSummary, now: Date): vscode.QuickPickItem {
  const { cloud, startedAt } = run;
  return {
    label: vscode.l10n.t('{0}: {1}', cloud, runCounts(run).join(', ')),
    description: [`${timeOfDay(startedAt)}, ${ago(startedAt, now)}`, ...runState(run)].join(' · '),
    detail: `${runTitle(run, cloud)}, ${run.run}`,
  };
}
