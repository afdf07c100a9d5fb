import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { OperatorError } from '../../model/errors';
import { pick } from '../ask';
import type { Handler, Parts } from '../parts';
import { planLanguage } from '../plan/plans';

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
      description: `${run.startedAt} · ${outcomeWord(run.outcome)}`,
      detail: run.folder,
      run: run.run,
    }));
    const { run } = await pick(items, { placeHolder: vscode.l10n.t('Which run is to be undone?') });
    const content = await zombies.restorePlan(run);
    const document = await vscode.workspace.openTextDocument({ language: planLanguage, content });
    await vscode.window.showTextDocument(document, { preview: false });
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
