import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { auditFile, journalFile, planFile, reportFile } from '../../app/runPaths';
import { OperatorError } from '../../model/errors';
import type { RunReport } from '../../model/report';
import type { Handler, Parts } from '../parts';
import { fileName } from '../plan/openPlan';
import { hasReport } from '../runs/runElement';
import { chooseRun } from './runTargets';
import { reportName } from './tellRun';

/** The plan as it ran, to be read: the run's own copy stays what it is. */
export function showRunPlan(parts: Parts): Handler {
  return async (...args) => {
    const run = await anyRun(parts, args);
    await parts.pages.open(`${nameOf(run)}.cleanup.sql`, await read(run, planFile));
  };
}

export function showRunReport(parts: Parts): Handler {
  return async (...args) => {
    const run = await anyRun(parts, args, hasReport);
    const report = JSON.parse(await read(run, reportFile)) as RunReport;
    const text = await parts.zombies.reportText(report, await read(run, planFile));
    await parts.pages.preview(reportName(report), text);
  };
}

export function showRunJournal(parts: Parts): Handler {
  return async (...args) => {
    const run = await anyRun(parts, args);
    await parts.pages.open(`${nameOf(run)}.journal.jsonl`, await read(run, journalFile));
  };
}

/** In the file manager of this machine, or in a window where VS Code runs on another one. */
export function openRunFolder(parts: Parts): Handler {
  return async (...args) => {
    const folder = vscode.Uri.file((await anyRun(parts, args)).folder);
    const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    if (isHere) await vscode.commands.executeCommand('revealFileInOS', folder);
    else await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  };
}

export function openAuditRecord({ pages, runsFolder }: Parts): Handler {
  return async () => {
    const file = vscode.Uri.joinPath(runsFolder, auditFile);
    const none = vscode.l10n.t('Nothing has been run on this machine yet.');
    await pages.open(auditFile, await textOf(file, none));
  };
}

export function refreshRuns({ runs }: Parts): Handler {
  return () => {
    runs.refresh();
  };
}

function anyRun(
  parts: Parts,
  args: readonly unknown[],
  fits: (run: RunSummary) => boolean = () => true,
): Promise<RunSummary> {
  return chooseRun(parts, args, {
    title: vscode.l10n.t('Runs'),
    placeHolder: vscode.l10n.t('Which run?'),
    fits,
    none: {
      message: vscode.l10n.t('No plan was run on this machine.'),
      action: vscode.l10n.t('Runs are kept where the plan was run.'),
    },
  });
}

function nameOf({ cloud, run }: RunSummary): string {
  return `${fileName(cloud)}-${run}`;
}

function read({ folder, run }: RunSummary, name: string): Promise<string> {
  return textOf(
    vscode.Uri.joinPath(vscode.Uri.file(folder), name),
    vscode.l10n.t('The run {0} has no {1}.', run, name),
  );
}

async function textOf(file: vscode.Uri, none: string): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    throw new OperatorError('not-found', none, vscode.l10n.t('There is nothing to show.'));
  }
}
