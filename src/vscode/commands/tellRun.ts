import * as vscode from 'vscode';
import { headerOf } from '../../app/readPlan';
import type { RunReport } from '../../model/report';
import type { Parts } from '../parts';
import { changedAnything } from '../plan/lastRun';
import { fileName, planName } from '../plan/openPlan';
import { hasWayBack } from '../plan/wayBack';
import { ago, instanceCount } from '../words';
import { runOutcome } from './runOutcome';

/** Says how a run or a dry run of the text went, and offers what can be done next. */
export async function tellRun(
  { pages, zombies }: Parts,
  report: RunReport,
  text: string,
  cloud: string,
): Promise<void> {
  const { good, text: message } = runOutcome(report, cloud);
  const showReport = vscode.l10n.t('Show Report');
  const openRestore = vscode.l10n.t('Open Restore Script');
  const undoable = hasWayBack(report.purpose) && changedAnything(report);
  const show = good ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const pressed = await show(message, showReport, ...(undoable ? [openRestore] : []));
  if (pressed === showReport) {
    await pages.preview(reportName(report), await zombies.reportText(report, text));
  } else if (pressed === openRestore) {
    await vscode.commands.executeCommand('openstackZombies.openRestore', report.run);
  }
}

/** A run's report is named after the run, so that it is found again beside its folder. */
export function reportName({ cloud, plan, run, mode }: RunReport): string {
  return mode === 'run' ? `${fileName(cloud)}-${run}.report.md` : `${planName(cloud, plan)}.dry-run.md`;
}

/** What went before with this very plan, in this window or another. */
export async function ranBefore({ zombies }: Parts, text: string): Promise<string | undefined> {
  const id = headerOf(text)?.id;
  const last = (await zombies.runs()).find(
    ({ plan, instances, restored }) => plan === id && instances > restored,
  );
  return (
    last &&
    vscode.l10n.t(
      'This plan was run already, {0}: {1} done. What is not as the plan says any more is refused.',
      ago(last.startedAt, new Date()),
      instanceCount(last.instances),
    )
  );
}
