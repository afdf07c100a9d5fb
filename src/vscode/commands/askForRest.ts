import * as vscode from 'vscode';
import type { RunOptions } from '../../app/api';
import { visible } from '../../model/text';
import { confirm } from '../ask';
import { instanceCount, shortName } from '../words';

type Refused = Parameters<NonNullable<RunOptions['onRefused']>>[0];

const shownAtMost = 10;

/** Asks whether the others run, with those that the look right before the run refuses. Dismissed: nothing runs. */
export async function askForRest(refused: Refused, chosen: number): Promise<boolean> {
  const others = chosen - refused.length;
  const question = vscode.l10n.t(
    'Refused by the look before the run: {0} of {1}. Run the others?',
    refused.length,
    instanceCount(chosen),
  );
  const lines = refused.slice(0, shownAtMost).map(line);
  if (refused.length > shownAtMost) lines.push(vscode.l10n.t('And {0} more.', refused.length - shownAtMost));
  const detail = [...lines, '', vscode.l10n.t('Nothing has been changed yet.')].join('\n');
  await confirm(question, detail, [vscode.l10n.t('Run the Others ({0})', others)]);
  return true;
}

function line({ uuid, name, reason }: Refused[number]): string {
  return `✗ ${visible(shortName(name, uuid))}: ${visible(reason)}`;
}
