import * as vscode from 'vscode';
import { CancelledError, messageOf, OperatorError } from '../model/errors';
import { commandIds } from './commandIds';
import { commandTable } from './commandTable';
import type { Handler, Parts } from './parts';

/** The one place that registers commands, and the one boundary that their errors reach. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, guarded(commandTable[id](parts), parts.log)),
    ),
  );
}

function guarded(handler: Handler, log: vscode.LogOutputChannel): Handler {
  return async (...args) => {
    try {
      await handler(...args);
    } catch (error) {
      void report(error, log);
    }
  };
}

async function report(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (CancelledError.is(error)) {
    return;
  }
  const known = OperatorError.is(error);
  log.error(
    known ? `${error.code}: ${error.message}` : error instanceof Error ? String(error.stack) : String(error),
  );
  const message = known
    ? `${error.message} ${error.action}`
    : vscode.l10n.t('Something unexpected went wrong: {0}', messageOf(error));
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
    log.show();
  }
}
