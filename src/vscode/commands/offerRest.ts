import * as vscode from 'vscode';
import type { RunReport } from '../../model/report';
import type { Parts } from '../parts';
import { draftRest } from './draft';

/** What the API left after a run is for a new plan. */
export async function offerRest(parts: Parts, report: RunReport): Promise<void> {
  const left = report.sections.filter(({ gone }) => gone === false).map(({ uuid }) => uuid);
  if (left.length === 0) {
    return;
  }
  const message = vscode.l10n.t('Instances that are still suspected after the run: {0}', left.length);
  const draft = vscode.l10n.t('Draft a Plan for What Is Left');
  if ((await vscode.window.showInformationMessage(message, draft)) === draft) {
    await draftRest(parts, report.cloud, left);
  }
}
