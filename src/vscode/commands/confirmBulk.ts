import * as vscode from 'vscode';
import type { CloudConfiguration } from '../../app/configurations';
import { isProduction } from '../../app/production';
import type { Plan } from '../../model/plan';
import { confirm } from '../ask';
import { cloudTitle, instanceCount, rowCount } from '../words';
import { runQuestion } from './runDetails';
import { typeWord } from './typedConfirmation';

/** True of a plan whose rows are too many to stand in it one by one. */
export function isBulk({ histories, chunks }: Plan): boolean {
  return histories.length + chunks.length > 0;
}

/** Asks before a run that deletes history, or brings it back: its number is typed, and the name of a production cloud. */
export async function confirmBulk(
  { header, histories, chunks }: Plan,
  cloud: CloudConfiguration,
  warning: string | undefined,
): Promise<void> {
  const isHistory = histories.length > 0;
  const question = runQuestion(header?.purpose ?? 'history', cloudTitle(cloud));
  const lines = isHistory
    ? [
        ...histories.map(({ name, instances, before }) =>
          vscode.l10n.t('{0}: {1} that were deleted before {2}', name, instanceCount(instances), before),
        ),
        '',
        vscode.l10n.t('The whole cloud is looked at first: what any source speaks for stays.'),
        vscode.l10n.t('The rows are saved on this machine, and can be brought back.'),
      ]
    : [
        rowCount(chunks.reduce((sum, { rows }) => sum + rows, 0)),
        vscode.l10n.t('Rows that are there again are refused.'),
      ];
  const detail = [...(warning === undefined ? [] : [warning, '']), ...lines].join('\n');
  await confirm(question, detail, [vscode.l10n.t('Run')]);
  if (isProduction(cloud)) {
    await typeWord(cloud.name, vscode.l10n.t('Type {0}, the name of the cloud', cloud.name));
  }
  if (isHistory) {
    const count = String(histories.reduce((sum, { instances }) => sum + instances, 0));
    await typeWord(count, vscode.l10n.t('Type {0}, the number of instances', count));
  }
}
