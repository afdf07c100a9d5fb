import * as vscode from 'vscode';
import type { UnfinishedRun } from '../app/unfinishedRuns';
import type { Zombies } from '../app/zombies';
import { messageOf } from '../model/errors';
import { hasWayBack } from './plan/wayBack';
import { ago, cloudTitle, timeOfDay } from './words';

/** Offers what can be done with runs that were interrupted: one after the other, until one is put off. */
export async function offerUnfinished(
  zombies: Pick<Zombies, 'unfinishedRuns' | 'listClouds'>,
  log: Pick<vscode.LogOutputChannel, 'error'>,
): Promise<void> {
  try {
    const runs = await zombies.unfinishedRuns();
    for (const [index, run] of runs.entries()) {
      const cloud = zombies.listClouds().find(({ name }) => name === run.cloud);
      const command = await ask(run, cloud ? cloudTitle(cloud) : run.cloud, runs.length - index - 1);
      if (command === undefined) return;
      await vscode.commands.executeCommand(`openstackZombies.${command}`, run.run);
    }
  } catch (error) {
    log.error(`Interrupted runs could not be looked for: ${messageOf(error)}`);
  }
}

async function ask(
  { purpose, startedAt }: UnfinishedRun,
  cloud: string,
  others: number,
): Promise<string | undefined> {
  const when = [timeOfDay(startedAt), ago(startedAt, new Date())];
  const message = [
    purpose === 'restore'
      ? vscode.l10n.t('A restore on {0} was interrupted ({1}, {2}).', cloud, ...when)
      : vscode.l10n.t('A run on {0} was interrupted ({1}, {2}).', cloud, ...when),
    ...(others > 0 ? [vscode.l10n.t('And {0} more.', others)] : []),
  ].join(' ');
  const commands = new Map([
    [vscode.l10n.t('Go On'), 'goOn'],
    ...(hasWayBack(purpose) ? ([[vscode.l10n.t('Undo'), 'openRestore']] as const) : []),
    [vscode.l10n.t('Leave'), 'leaveRun'],
  ]);
  const pressed = await vscode.window.showWarningMessage(message, ...commands.keys());
  return pressed === undefined ? undefined : commands.get(pressed);
}
