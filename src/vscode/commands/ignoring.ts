import * as vscode from 'vscode';
import { input } from '../ask';
import type { Handler, Parts } from '../parts';
import { IgnoredElement } from '../tree/otherGroups';
import { SuspectElement } from '../tree/suspectElement';
import { chooseBranch, elements } from './targets';

/** Hides the selected suspects, for a reason that stays beside them. */
export function ignore({ zombies }: Parts): Handler {
  return async (...args) => {
    const suspects = elements(SuspectElement, args);
    const reason = await input({
      title: vscode.l10n.t('Ignore Suspect'),
      prompt: vscode.l10n.t('Why is it to be left alone?'),
      validateInput: (text) =>
        text.trim() === '' ? vscode.l10n.t('A reason helps whoever finds it again.') : undefined,
    });
    for (const { branch, uuid } of suspects) {
      await zombies.ignore(branch.name, uuid, reason.trim());
    }
  };
}

export function showIgnored(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    if (!(await parts.view.revealGroup(name, 'ignored'))) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is ignored on {0}.', name));
    }
  };
}

export function stopIgnoring({ zombies }: Parts): Handler {
  return async (...args) => {
    for (const { branch, entry } of elements(IgnoredElement, args)) {
      await zombies.stopIgnoring(branch.name, entry.uuid);
    }
  };
}
