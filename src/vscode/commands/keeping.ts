import * as vscode from 'vscode';
import { expiryOf } from '../../app/keepExpiry';
import { input } from '../ask';
import { questions } from '../questions';
import type { Handler, Parts } from '../parts';
import { KeptElement } from '../tree/keptElement';
import { askTargets } from './keepTargets';
import { chooseBranch, elements } from './targets';

/** Marks what is not to be touched, for a reason that stays beside it. */
export function keep(parts: Parts): Handler {
  return async (...args) => {
    const targets = await askTargets(parts, args);
    const title = vscode.l10n.t('Keep');
    const reason = await input({
      title,
      prompt: vscode.l10n.t('Why is it to be left alone?'),
      validateInput: (text) =>
        text.trim() === '' ? vscode.l10n.t('A reason helps whoever finds it again.') : undefined,
    });
    const expiry = expiryOf(await input({ title, ...untilWhen }), new Date()) ?? {};
    for (const { cloud, scope, id } of targets) {
      await parts.zombies.keep(cloud, { scope, id, reason: reason.trim(), ...expiry });
    }
  };
}

const untilWhen: vscode.InputBoxOptions = {
  prompt: vscode.l10n.t('Until when? A day such as 2026-12-31, or a number of days; nothing: for good'),
  validateInput: (text) =>
    expiryOf(text, new Date()) === null
      ? vscode.l10n.t('This is no day to come, and no number of days.')
      : undefined,
};

export function showKept(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    if (!(await parts.view.revealGroup(name, 'kept'))) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is kept on {0}.', name));
    }
  };
}

export function endKeeping({ zombies }: Parts): Handler {
  return async (...args) => {
    for (const { branch, entry } of elements(KeptElement, args)) {
      await zombies.endKeeping(branch.name, entry.scope, entry.id);
    }
    void vscode.window.showInformationMessage(vscode.l10n.t('It is judged anew by the next scan.'));
  };
}

export function exportKept(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    const chosen = await questions.ask(() =>
      vscode.window.showSaveDialog({ title: vscode.l10n.t('Export Keep List'), filters: { JSON: ['json'] } }),
    );
    if (!chosen) return;
    await vscode.workspace.fs.writeFile(chosen, Buffer.from(parts.zombies.exportKept(name)));
  };
}

export function importKept(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    const [chosen] =
      (await questions.ask(() =>
        vscode.window.showOpenDialog({
          title: vscode.l10n.t('Import Keep List'),
          filters: { JSON: ['json'] },
        }),
      )) ?? [];
    if (!chosen) return;
    const text = Buffer.from(await vscode.workspace.fs.readFile(chosen)).toString('utf8');
    const count = await parts.zombies.importKept(name, text);
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} entries are kept on {1}.', count, name));
  };
}
