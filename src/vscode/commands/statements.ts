import * as vscode from 'vscode';
import type { Handler, Parts } from '../parts';
import { doneEdits, manualAt } from '../plan/summary';
import { rowCount } from '../words';
import { offsetIn, planDocument, replace } from './planDocument';

/** Counts the rows that one change would touch, and shows the number above it. */
export function countChange({ zombies, plans }: Parts): Handler {
  return async (uri, at) => {
    const document = await planDocument(uri);
    const { version } = document;
    const offset = offsetIn(document, at);
    const rows = await zombies.countChange(document.getText(), offset);
    const { sections } = await plans.read(document);
    const statement = sections
      .flatMap(({ steps }) => steps.flatMap((step) => (step.step === 'unit' ? step.statements : [])))
      .find(({ span }) => span.start <= offset && offset < span.end);
    if (statement && document.version === version) {
      const { span, expect } = statement;
      plans.setCounts(document, version, [
        expect === undefined ? { span, rows } : { span, rows, expected: expect },
      ]);
    }
  };
}

/** Shows the rows of one SELECT. Values are JSON, so that tenants' text cannot break a line. */
export function runSelect({ zombies, pages }: Parts): Handler {
  return async (uri, at) => {
    const document = await planDocument(uri);
    const rows = await zombies.runSelect(document.getText(), offsetIn(document, at));
    const lines = rows.flatMap((row) => [
      '',
      ...Object.entries(row).map(([column, value]) => `${column}  ${JSON.stringify(value)}`),
    ]);
    await pages.open('rows.txt', [rowCount(rows.length), ...lines, ''].join('\n'), {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
      preserveFocus: true,
    });
  };
}

/** Copies what a manual step asks to be done in a terminal. */
export function copyCommand({ plans }: Parts): Handler {
  return async (uri, at) => {
    const document = await planDocument(uri);
    const command = manualAt(await plans.read(document), offsetIn(document, at))?.command;
    if (command === undefined) tellWhere();
    else await vscode.env.clipboard.writeText(command);
  };
}

/** Marks a manual step as done, in the text. */
export function markDone({ plans }: Parts): Handler {
  return async (uri, at) => {
    const document = await planDocument(uri);
    const plan = await plans.read(document);
    const edits = doneEdits(document.getText(), plan, offsetIn(document, at));
    if (edits.length === 0) tellWhere();
    await replace(document, edits);
  };
}

function tellWhere(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Put the cursor into a line that begins with "-- @manual".'),
  );
}
