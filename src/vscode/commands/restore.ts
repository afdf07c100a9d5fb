import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { OperatorError } from '../../model/errors';
import { pick } from '../ask';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import { ago } from '../words';

/** Opens the way back of a run as a plan; it runs like any other. */
export function openRestore({ zombies }: Parts): Handler {
  return async () => {
    const runs = await zombies.runs();
    if (runs.length === 0) {
      throw new OperatorError(
        'not-found',
        vscode.l10n.t('No plan was run on this machine.'),
        vscode.l10n.t('Restore scripts are kept where the plan was run.'),
      );
    }
    const items = runs.map((run) => ({
      label: run.cloud,
      description: `${ago(run.startedAt, new Date())} · ${outcomeWord(run.outcome)}`,
      detail: run.run,
      folder: run.folder,
    }));
    const picked = await pick(items, {
      title: vscode.l10n.t('Open Restore Script'),
      placeHolder: vscode.l10n.t('Which run is to be undone?'),
    });
    // saved where the run's own files are, for it holds what the rows held
    await openPlan(await zombies.restorePlan(picked.detail), vscode.Uri.file(picked.folder));
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
  }
}
