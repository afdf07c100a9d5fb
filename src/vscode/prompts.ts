import * as vscode from 'vscode';
import type { HostKeyQuestion, PasswordKind, PasswordQuestion, Prompts } from '../model/ports';
import { questions } from './questions';

/** The questions that connecting to a cloud may ask. */
export const prompts: Prompts = {
  trustHostKey: ({ cloud, host, address, port, keyType, fingerprint }: HostKeyQuestion) => {
    const trust = vscode.l10n.t('Trust');
    const message = vscode.l10n.t('Is this the SSH key of {0}?', host);
    const detail = [
      vscode.l10n.t('Cloud: {0}', cloud),
      vscode.l10n.t('Address: {0}, port {1}', address, port),
      `${keyType} ${fingerprint}`,
      '',
      vscode.l10n.t('Compare it with "ssh-keygen -lf" on the host. A trusted key is remembered.'),
    ].join('\n');
    return questions.ask(
      async () => (await vscode.window.showWarningMessage(message, { modal: true, detail }, trust)) === trust,
    );
  },

  password: ({ cloud, account, kind, refused }: PasswordQuestion) =>
    questions.ask(() =>
      vscode.window.showInputBox({
        title: titleOf(kind, account, cloud),
        prompt: refused
          ? vscode.l10n.t('The server refused this password. Type it again.')
          : vscode.l10n.t('It is kept in the secret store.'),
        password: true,
        ignoreFocusOut: true,
      }),
    ),
};

function titleOf(kind: PasswordKind | undefined, account: string, cloud: string): string {
  switch (kind) {
    case 'passphrase':
      return vscode.l10n.t('Passphrase of the private key {0} for {1}', account, cloud);
    case 'sudo':
      return vscode.l10n.t('Password of {0} on the hosts of {1}', account, cloud);
    default:
      return vscode.l10n.t('Password of {0} on {1}', account, cloud);
  }
}
