import * as vscode from 'vscode';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import { isUndoable } from '../runs/runElement';
import { chooseRun, requireOver } from './runTargets';

/** Opens the way back of a run as a plan; it runs like any other. */
export function openRestore(parts: Parts): Handler {
  return async (...args) => {
    const run = await chooseRun(parts, args, {
      title: vscode.l10n.t('Open Restore Script'),
      placeHolder: vscode.l10n.t('Which run is to be undone?'),
      fits: isUndoable,
      none: {
        message: vscode.l10n.t('No plan that was run on this machine changed anything.'),
        action: vscode.l10n.t('Restore scripts are kept where the plan was run.'),
      },
    });
    await requireOver(run, vscode.l10n.t('Open Restore Script'));
    // saved where the run's own files are, for it holds what the rows held
    await openPlan(await parts.zombies.restorePlan(run.run), vscode.Uri.file(run.folder));
  };
}
