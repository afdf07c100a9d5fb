import * as vscode from 'vscode';
import type { CloudConfiguration } from '../../app/configurations';
import { isProduction } from '../../app/production';
import { input } from '../ask';
import type { PlanSummary } from '../plan/summary';
import type { Standing } from '../plan/rehearsals';
import { cloudTitle } from '../words';

/** How many of the sections that would run stand how to their dry run. */
export type Standings = Readonly<Record<Standing, number>>;

export function countStandings(standings: readonly Standing[]): Standings {
  const count = (wanted: Standing): number => standings.filter((standing) => standing === wanted).length;
  return { rehearsed: count('rehearsed'), changed: count('changed'), never: count('never') };
}

/** Whether the text is what was tried, for the question before a run. */
export function standingLines({ changed, never }: Standings): string[] {
  if (changed + never === 0) return [vscode.l10n.t('Dry-run as it stands.')];
  return [
    ...(changed > 0 ? [vscode.l10n.t('⚠ CHANGED since their dry run: {0}', changed)] : []),
    ...(never > 0 ? [vscode.l10n.t('⚠ Without a dry run: {0}', never)] : []),
  ];
}

/** What has to be typed before such a run, beyond the press of a button. */
export async function typeToConfirm(
  cloud: CloudConfiguration,
  summary: PlanSummary,
  { changed, never }: Standings,
): Promise<void> {
  const reasons = [
    ...(isProduction(cloud) ? [vscode.l10n.t('{0} is a production cloud.', cloudTitle(cloud))] : []),
    ...(changed > 0 ? [vscode.l10n.t('The text was changed since the dry run.')] : []),
    ...(never > 0 ? [vscode.l10n.t('The text was not dry-run.')] : []),
  ];
  if (reasons.length > 0) {
    await typeWord(
      cloud.name,
      [...reasons, vscode.l10n.t('Type {0}, the name of the cloud', cloud.name)].join(' '),
    );
  }
  if (summary.rowsOnly && summary.sections > cloud.maxInstances) {
    const rows = String([...summary.rows.values()].reduce((sum, count) => sum + count, 0));
    await typeWord(rows, vscode.l10n.t('Type {0}, the number of rows that are changed', rows));
  }
}

/** Nothing but this very word goes on. */
export async function typeWord(word: string, prompt: string): Promise<void> {
  await input({
    prompt,
    validateInput: (text) => (text === word ? undefined : vscode.l10n.t('Type {0} to run the plan.', word)),
  });
}
