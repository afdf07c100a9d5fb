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

/** Opens a plan that deletes for good what a run keeps in quarantine. */
export function purgeRun(parts: Parts): Handler {
  return async (...args) => {
    const run = await chooseRun(parts, args, {
      title: vscode.l10n.t('Purge the Quarantine of a Run'),
      placeHolder: vscode.l10n.t('What is to be deleted for good?'),
      fits: ({ kept }) => kept > 0,
      none: {
        message: vscode.l10n.t('No run of this machine has directories in quarantine.'),
        action: vscode.l10n.t('There is nothing to purge.'),
      },
    });
    await openPlan(await parts.zombies.purgePlan([run.run]), vscode.Uri.file(run.folder));
  };
}
