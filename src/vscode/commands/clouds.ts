import * as vscode from 'vscode';
import { confirm } from '../ask';
import type { Handler, Parts } from '../parts';
import { removeCloudSetting } from '../settings';
import { chooseBranch } from './targets';

export function removeCloud(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    const detail = vscode.l10n.t('The setting and the stored passwords go. Nothing changes in the cloud.');
    await confirm(vscode.l10n.t('Remove {0} from the settings?', name), detail, [vscode.l10n.t('Remove')]);
    await removeCloudSetting(name);
    await parts.zombies.forgetPasswords(name);
  };
}
