import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { OperatorError } from '../../model/errors';
import { pick } from '../ask';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import { ago, directoryCount, instanceCount, rowCount, timeOfDay } from '../words';

/** Opens the way back of a run as a plan; it runs like any other. */
export function openRestore({ zombies }: Parts): Handler {
  return async (wanted) => {
    const runs = (await zombies.runs()).filter(
      ({ purpose, instances }) => purpose === 'cleanup' && instances > 0,
    );
    const run = runs.find((each) => each.run === wanted) ?? (await choose(runs));
    // saved where the run's own files are, for it holds what the rows held
    await openPlan(await zombies.restorePlan(run.run), vscode.Uri.file(run.folder));
  };
}

async function choose(runs: readonly RunSummary[]): Promise<RunSummary> {
  if (runs.length === 0) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('No plan that was run on this machine changed anything.'),
      vscode.l10n.t('Restore scripts are kept where the plan was run.'),
    );
  }
  const items = runs.map((run) => ({ ...restoreItem(run, new Date()), run }));
  const picked = await pick(items, {
    title: vscode.l10n.t('Open Restore Script'),
    placeHolder: vscode.l10n.t('Which run is to be undone?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked.run;
}

function restoreItem(run: RunSummary, now: Date): vscode.QuickPickItem {
  const { cloud, startedAt, instances, rows, directories, restored, outcome } = run;
  const state = [
    ...(outcome === 'done' ? [] : [outcomeWord(outcome)]),
    ...(restored > 0 && restored === instances ? [vscode.l10n.t('restored already')] : []),
    ...(restored > 0 && restored < instances
      ? [vscode.l10n.t('restored in part: {0} of {1}', restored, instances)]
      : []),
  ];
  const counts = [
    instanceCount(instances),
    ...(rows === undefined ? [] : [rowCount(rows)]),
    ...(directories === 0 ? [] : [directoryCount(directories)]),
  ];
  return {
    label: vscode.l10n.t('{0}: {1}', cloud, counts.join(', ')),
    description: [`${timeOfDay(startedAt)}, ${ago(startedAt, now)}`, ...state].join(' · '),
    detail: run.run,
  };
}

function outcomeWord(outcome: RunSummary['outcome']): string {
  switch (outcome) {
    case 'done':
      return vscode.l10n.t('done');
    case 'stopped':
      return vscode.l10n.t('stopped');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'left':
      return vscode.l10n.t('left as it is');
  }
}
