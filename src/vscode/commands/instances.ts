import * as vscode from 'vscode';
import { OperatorError } from '../../model/errors';
import { input } from '../ask';
import type { Handler, Parts } from '../parts';
import type { CloudBranch } from '../tree/cloudBranch';
import { UnsuspectedElement } from '../tree/lookUpElements';
import { fileName } from '../plan/openPlan';
import { glance, SuspectElement } from '../tree/suspectElement';
import { chooseBranch, elements } from './targets';

/** UUIDs, addresses or names as a ticket lists them: whatever stands between them. */
export function lookUp(parts: Parts): Handler {
  return async (...args) => {
    const branch = await chooseBranch(parts, args);
    const editor = vscode.window.activeTextEditor;
    const text = await input({
      title: vscode.l10n.t('Look Up Instances on {0}', branch.name),
      prompt: vscode.l10n.t('UUIDs, fixed IPs or names, with blanks or commas between them'),
      value: editor ? editor.document.getText(editor.selection).replace(/\s+/g, ' ').trim() : '',
    });
    const terms = [...new Set(text.split(/[\s,;]+/).filter((term) => term !== ''))];
    if (terms.length === 0) {
      return;
    }
    const report = await vscode.window.withProgress({ location: { viewId: 'openstackZombies.clouds' } }, () =>
      parts.zombies.lookUp(branch.name, terms),
    );
    parts.tree.setLookUp(branch.name, report);
    await parts.view.revealGroup(branch.name, 'look-up');
  };
}

/** Why an instance is suspected and everything that mentions it, as a read-only document. */
export function showAll({ zombies, pages, tree }: Parts): Handler {
  return async (...args) => {
    const [element] = [...elements(SuspectElement, args), ...elements(UnsuspectedElement, args)];
    const { branch, uuid } = element ?? (await askUuid(await chooseBranch({ tree }, args)));
    const text = await vscode.window.withProgress({ location: { viewId: 'openstackZombies.clouds' } }, () =>
      zombies.showAll(branch.name, uuid),
    );
    const name = fileName(element?.instanceName ?? '') || uuid;
    await pages.open(`${name}.txt`, text, { preview: true, preserveFocus: args[1] === glance });
  };
}

/** What happened to a suspect, and what each choice would do, as a read-only document. */
export function explain({ zombies, pages }: Parts): Handler {
  return async (...args) => {
    for (const { branch, uuid, instanceName } of elements(SuspectElement, args)) {
      const text = await zombies.explain(branch.name, uuid);
      await pages.open(vscode.l10n.t('{0} explained.txt', fileName(instanceName) || uuid), text);
    }
  };
}

/** Puts away what was looked up. */
export function closeLookUp({ tree }: Parts): Handler {
  return async (...args) => {
    tree.setLookUp((await chooseBranch({ tree }, args)).name, undefined);
  };
}

export function copyUuid(): Handler {
  return async (...args) => {
    const chosen = [...elements(SuspectElement, args), ...elements(UnsuspectedElement, args)];
    await vscode.env.clipboard.writeText(chosen.map(({ uuid }) => uuid).join('\n'));
  };
}

async function askUuid(branch: CloudBranch): Promise<{ branch: CloudBranch; uuid: string }> {
  const uuid = (await input({ prompt: vscode.l10n.t('UUID of the instance on {0}', branch.name) })).trim();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('"{0}" is not a UUID.', uuid),
      vscode.l10n.t('Look instances up by address or name with the command "Look Up Instances".'),
    );
  }
  return { branch, uuid: uuid.toLowerCase() };
}
