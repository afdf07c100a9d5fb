import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { confirm } from '../ask';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import { chooseRun, requireOver } from './runTargets';

/** Opens what a run left undone as a plan; it runs like any other. */
export function goOn(parts: Parts): Handler {
  return async (...args) => {
    const title = vscode.l10n.t('Go On');
    const run = await chooseRun(parts, args, {
      title,
      placeHolder: vscode.l10n.t('Which run is to be gone on with?'),
      fits: ({ outcome }) => outcome === 'interrupted' || outcome === 'stopped',
      none: {
        message: vscode.l10n.t('No run of this machine was interrupted or stopped.'),
        action: vscode.l10n.t('Draft a plan from the tree.'),
      },
    });
    await requireOver(run, title);
    const reading = vscode.l10n.t('Reading what the run left undone');
    const text = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: reading },
      () => parts.zombies.goOn(run.run),
    );
    await openPlan(text, vscode.Uri.file(run.folder));
  };
}

/** An interrupted run is left as it is, and offered no more. */
export function leaveRun(parts: Parts): Handler {
  return async (...args) => {
    const run = await chooseRun(parts, args, {
      title: vscode.l10n.t('Leave Run as It Is'),
      placeHolder: vscode.l10n.t('Which run is to be left?'),
      fits: isInterrupted,
      none: {
        message: vscode.l10n.t('No run of this machine was interrupted.'),
        action: vscode.l10n.t('There is nothing to do.'),
      },
    });
    await requireOver(run, vscode.l10n.t('Leave'));
    await parts.zombies.leave(run.run);
  };
}

/** Deletes what is kept of runs: their way back goes with it. */
export function deleteRun(parts: Parts): Handler {
  return async (...args) => {
    const run = await chooseRun(parts, args, {
      title: vscode.l10n.t('Delete Run'),
      placeHolder: vscode.l10n.t('Which run is to be deleted?'),
      fits: ({ outcome }) => outcome !== 'running' && outcome !== 'interrupted',
      none: {
        message: vscode.l10n.t('No plan was run on this machine.'),
        action: vscode.l10n.t('There is nothing to delete.'),
      },
    });
    const kept = run.kept > 0;
    const lines = [
      vscode.l10n.t(
        'Its plan, its report, its journal and its restore files are deleted. It can not be undone then.',
      ),
      ...(kept
        ? [
            '',
            vscode.l10n.t(
              'Directories that are still in quarantine: {0}. They stay on their hosts, and only this run knows where they belong.',
              run.kept,
            ),
          ]
        : []),
    ];
    const button = kept ? vscode.l10n.t('Delete in Spite of the Quarantine') : vscode.l10n.t('Delete');
    await confirm(vscode.l10n.t('Delete the run {0}?', run.run), lines.join('\n'), [button]);
    await parts.zombies.deleteRun(run.run, { quarantined: kept });
  };
}

function isInterrupted({ outcome }: RunSummary): boolean {
  return outcome === 'interrupted';
}
