import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openPlan } from '../../../src/vscode/plan/openPlan';
import { orphan, planText, stuck } from '../../unit/vscode/planText';

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'zombie-sql', content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function ask<T>(command: string, { uri }: vscode.TextDocument): Promise<T[]> {
  return (await vscode.commands.executeCommand<T[] | undefined>(`vscode.${command}`, uri)) ?? [];
}

/** The diagnostics, once there are some that the predicate likes. */
async function diagnostics(
  { uri }: vscode.TextDocument,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = vscode.languages.getDiagnostics(uri);
      if (wanted(found)) {
        listening.dispose();
        resolve(found);
      }
    };
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

function lineOf(document: vscode.TextDocument, text: string): number {
  return document.positionAt(document.getText().indexOf(text)).line;
}

describe('a plan in the editor', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is known by its file name', async () => {
    const uri = vscode.Uri.from({ scheme: 'untitled', path: '/x.cleanup.sql' });
    assert.equal((await vscode.workspace.openTextDocument(uri)).languageId, 'zombie-sql');
  });

  it('has the cloud, run and dry run above its first line', async () => {
    const lenses = await ask<vscode.CodeLens>('executeCodeLensProvider', await open(planText));
    const first = lenses.filter(({ range }) => range.start.line === 0).map(({ command }) => command);
    assert.deepEqual(
      first.map((command) => command?.command),
      ['', 'openstackZombies.runPlan', 'openstackZombies.dryRun'],
    );
    assert.equal(first[0]?.title, '$(cloud) demo (not configured)');
  });

  it('has what can be done above each section, manual step and statement', async () => {
    const document = await open(planText);
    const lenses = await ask<vscode.CodeLens>('executeCodeLensProvider', document);
    const at = (text: string): unknown[] =>
      lenses
        .filter(({ range }) => range.start.line === lineOf(document, text))
        .map(({ command }) => command?.command.replace('openstackZombies.', ''));
    assert.deepEqual(at(`-- @instance uuid="${stuck}"`), ['runSection', 'dryRun']);
    assert.deepEqual(at('-- @manual'), ['copyCommand', 'markDone']);
    assert.deepEqual(at('SELECT IF(COUNT(*) = 1'), ['runSelect']);
    assert.deepEqual(at('UPDATE nova_cell1.instance_info'), ['countChange']);
    assert.deepEqual(at('DELETE FROM'), ['countChange']);
  });

  it('has an outline: instances, their steps, the statements of each transaction', async () => {
    const symbols = await ask<vscode.DocumentSymbol>('executeDocumentSymbolProvider', await open(planText));
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['web-01', orphan],
    );
    assert.deepEqual(
      symbols[0]?.children.map(({ name }) => name),
      ['by hand', 'domain', 'directory', 'nova_cell1'],
    );
    assert.deepEqual(
      symbols[1]?.children[0]?.children.map(({ name, detail }) => [name, detail]),
      [
        ['select', ''],
        ['delete instance_metadata', '3'],
      ],
    );
  });

  it('folds by instance and by transaction', async () => {
    const document = await open(planText);
    const folds = await ask<vscode.FoldingRange>('executeFoldingRangeProvider', document);
    const starts = folds.map(({ start }) => document.lineAt(start).text.replace(/^(-- @\w+).*/, '$1'));
    assert.deepEqual(starts, ['-- @instance', '-- @unit', '-- @instance', '-- @unit']);
    assert.equal(document.lineAt(folds[1]?.end ?? 0).text, 'COMMIT;');
    assert.equal(folds[0]?.end, folds[1]?.end);
  });

  it('shows what will refuse to run, where it is', async () => {
    const document = await open(planText.replace('metadata WHERE', 'metadata WHERE 1 = 1 OR'));
    const line = lineOf(document, 'DELETE FROM');
    const isThere = ({ severity, range }: vscode.Diagnostic): boolean =>
      severity === vscode.DiagnosticSeverity.Error && range.start.line === line;
    const found = await diagnostics(document, (all) => all.some(isThere));
    assert.ok(found.every(({ source }) => source === 'OpenStack Zombies'));
  });

  it('tells what a directive, a table and the instance are', async () => {
    const document = await open(planText);
    const hoverAt = async (text: string, offset: number): Promise<string> => {
      const position = document.positionAt(planText.indexOf(text) + offset);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      return hovers
        .flatMap(({ contents }) => contents.map((each) => (each as { value: string }).value))
        .join();
    };
    assert.match(await hoverAt('@expect', 1), /the next statement changes so many rows/);
    assert.match(await hoverAt('instance_info_caches', 2), /cached network info/);
    assert.match(await hoverAt('nova_cell1.instances', 12), /the row of the instance itself/);
    assert.equal(await hoverAt('START TRANSACTION', 2), '');
  });

  it('mends a misspelled directive', async () => {
    const document = await open(planText.replace('@expect rows=3', '@expct rows=3'));
    const line = lineOf(document, '-- @expct');
    const isThere = ({ range }: vscode.Diagnostic): boolean => range.start.line === line;
    await diagnostics(document, (all) => all.some(isThere));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      document.lineAt(line).range,
    );
    const fix = actions.find(({ title }) => title === 'Write @expect');
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), planText);
  });

  it('follows the typing', async () => {
    const document = await open(planText);
    const isManual = ({ range }: vscode.Diagnostic): boolean =>
      range.start.line === lineOf(document, '-- @manual');
    await diagnostics(document, (all) => all.some(isManual));
    const offset = planText.indexOf('-- @manual');
    await vscode.commands.executeCommand('openstackZombies.markDone', document.uri, offset);
    assert.ok(document.getText().includes('done="yes"'));
    await diagnostics(document, (all) => all.length > 0 && !all.some(isManual));
  });

  describe('of many sections', () => {
    const head = planText.slice(0, planText.indexOf('-- @instance '));
    const section = planText.slice(head.length, planText.indexOf('-- @instance ', head.length + 1));
    const uuidOf = (number: number): string => stuck.replace('0a2d1bf7', String(number).padStart(8, '0'));
    const sections = Array.from({ length: 1200 }, (_, number) => section.replaceAll(stuck, uuidOf(number)));
    const large = head + sections.join('');

    it('is opened to the letter', async () => {
      assert.ok(large.length > 1_000_000, `${large.length}`);
      await openPlan(large, undefined);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), large);
    });

    it('has lenses where it is in sight, and an outline of all instances', async () => {
      const document = await open(large);
      const lenses = await ask<vscode.CodeLens>('executeCodeLensProvider', document);
      assert.ok(lenses.some(({ range }) => range.start.line === lineOf(document, '-- @instance ')));
      assert.ok(lenses.every(({ range }) => range.start.line < 2_000));
      const symbols = await ask<vscode.DocumentSymbol>('executeDocumentSymbolProvider', document);
      assert.equal(symbols.length, sections.length);
      const last = document.lineAt(document.lineCount - 1).range;
      vscode.window.activeTextEditor?.revealRange(last);
      const inSight = (): boolean =>
        vscode.window.activeTextEditor?.visibleRanges[0]?.contains(last) ?? false;
      while (!inSight()) await sleep(50);
      const below = await ask<vscode.CodeLens>('executeCodeLensProvider', document);
      const line = document.positionAt(large.lastIndexOf('-- @instance ')).line;
      assert.ok(below.some(({ range }) => range.start.line === line));
    });
  });
});
