import * as vscode from 'vscode';
import { usualDays, youngestDays } from '../../model/history';
import { input } from '../ask';
import { cancellable } from '../cancellable';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import { chooseBranch } from './targets';

/** Opens a plan that deletes what was soft-deleted long ago; it runs like any other. */
export function draftHistory(parts: Parts): Handler {
  return async (...args) => {
    const branch = await chooseBranch(parts, args);
    const days = await input({
      title: vscode.l10n.t('Draft Plan for Soft-Deleted History'),
      prompt: vscode.l10n.t('How many days ago must an instance have been deleted?'),
      value: String(usualDays),
      validateInput: (text) =>
        /^\d{1,5}$/.test(text) && Number(text) >= youngestDays
          ? undefined
          : vscode.l10n.t('A number of days, at least {0}.', youngestDays),
    });
    const title = vscode.l10n.t('Looking at all of {0}', branch.name);
    const text = await cancellable(title, (signal) =>
      parts.zombies.draftHistory(branch.name, { days: Number(days), signal }),
    );
    await openPlan(text, vscode.workspace.workspaceFolders?.[0]?.uri);
  };
}
