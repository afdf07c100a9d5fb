import * as vscode from 'vscode';
import type { Zombies } from '../../app/zombies';
import { CancelledError } from '../../model/errors';
import { input, pick } from '../ask';
import { chooseBranch } from '../commands/targets';
import type { Handler, Parts } from '../parts';
import { cloudSetting, openCloudSettings, writeCloud, type CloudSetting } from '../settings';
import { showChecklist } from './checklist';
import { fields, problemOf, valueAt, withValue, type Field } from './fields';

type Choice = vscode.QuickPickItem & { readonly field?: Field; readonly does?: 'test' | 'save' | 'settings' };

export function editCloud(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    await editSetting(parts.zombies, cloudSetting(name) ?? { name });
  };
}

/** Lets the operator change one thing after another; nothing is written before they save. */
export async function editSetting(zombies: Zombies, before: CloudSetting): Promise<void> {
  let setting = before;
  for (;;) {
    const { field, does } = await pick(choices(setting), {
      title: vscode.l10n.t('Edit {0}', setting.name),
      placeHolder: vscode.l10n.t('What is to be changed?'),
      matchOnDescription: true,
    });
    if (field) {
      setting = await changed(setting, field);
    } else if (does === 'settings') {
      await openCloudSettings();
      return;
    } else {
      const answer = does === 'test' ? await showChecklist(zombies, setting) : undefined;
      setting = answer?.setting ?? setting;
      if (answer?.wish !== 'change') {
        await writeCloud(setting);
        return;
      }
    }
  }
}

function choices(setting: CloudSetting): Choice[] {
  const { l10n, QuickPickItemKind } = vscode;
  return [
    { label: `$(plug) ${l10n.t('Test the Connection')}`, does: 'test' },
    { label: `$(save) ${l10n.t('Save')}`, does: 'save' },
    { label: `$(settings-gear) ${l10n.t('Open the Settings…')}`, does: 'settings' },
    { label: l10n.t('Settings of the cloud'), kind: QuickPickItemKind.Separator },
    ...fields().map((field) => ({ label: field.label, description: valueAt(setting, field), field })),
  ];
}

/** The setting as it was when the operator dismisses the question. */
async function changed(setting: CloudSetting, field: Field): Promise<CloudSetting> {
  try {
    return withValue(setting, field, await ask(setting, field));
  } catch (error) {
    if (CancelledError.is(error)) return setting;
    throw error;
  }
}

async function ask(setting: CloudSetting, field: Field): Promise<string> {
  const { label: title, prompt, choices: words } = field;
  const value = valueAt(setting, field);
  if (words) {
    const items = words.map((label) => (label === value ? { label, picked: true } : { label }));
    return (await pick(items, { title, placeHolder: prompt })).label;
  }
  return input({ title, prompt, value, validateInput: (text) => problemOf(setting, field, text) });
}
