import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import * as vscode from 'vscode';
import { inTurns } from '../../../src/app/breath';
import { DraftBook } from '../../../src/app/engine/draftBook';
import { drafting, type DraftInput } from '../../../src/cleanup/draft';
import { openPlan } from '../../../src/vscode/plan/openPlan';
import { memoryState } from '../../memoryState';
import { watched, type Taken } from './quiet';

export interface DraftTimes {
  readonly megabytes: number;
  /** of every round that counts */
  readonly drafted: readonly Taken[];
  readonly shown: readonly Taken[];
  readonly typed: readonly Taken[];
  readonly quoted: readonly Taken[];
}

/** VS Code asks again for lenses, folding and outline some time after it was told of a change. */
const calmMs = 4_000;

/** Runs inside the extension host, beside the extension: the times go to the file that BENCH_RESULT names. */
export async function run(): Promise<void> {
  await measure().catch((error: unknown) => {
    console.log(`[test] ${error instanceof Error ? String(error.stack) : String(error)}`);
    throw error;
  });
}

async function measure(): Promise<void> {
  const { BENCH_RESULT: file = '', BENCH_INPUT: given = '', BENCH_ROUNDS: rounds = '' } = process.env;
  await vscode.extensions.getExtension('openstack-zombies.openstack-zombies')?.activate();
  const input = deserialize(readFileSync(given)) as DraftInput;
  const times = { drafted: [] as Taken[], shown: [] as Taken[], typed: [] as Taken[], quoted: [] as Taken[] };
  let text = '';
  for (let round = 0; round <= Number(rounds); round++) {
    const drafted = await watched(async () => {
      const plan = await inTurns(drafting(input));
      await new DraftBook(memoryState()).note(plan.text);
      return plan.text;
    });
    text = drafted.value;
    const shown = await watched(() => show(text), calmMs);
    const typed = await watched(() => type(text, ' '), calmMs);
    const quoted = await watched(() => type(text, "'"), calmMs);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    if (round === 0) continue;
    times.drafted.push(taken(drafted));
    times.shown.push(taken(shown));
    times.typed.push(taken(typed));
    times.quoted.push(taken(quoted));
  }
  writeFileSync(file, JSON.stringify({ megabytes: text.length / 1e6, ...times } satisfies DraftTimes));
}

/** Until the diagnostics are there: the cloud of the plan is not configured here. */
async function show(text: string): Promise<void> {
  const told = new Promise<void>((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((uri) => uri.toString() === vscode.window.activeTextEditor?.document.uri.toString())) return;
      listening.dispose();
      resolve();
    });
  });
  await openPlan(text, undefined);
  await told;
}

/** Ten keystrokes in a statement in the middle of the plan, and as many that take them back. */
async function type(text: string, key: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error('no plan is shown');
  const at = editor.document.positionAt(text.indexOf('WHERE', text.length / 2));
  for (let count = 0; count < 10; count++) {
    await editor.edit((edit) => edit.insert(at, key));
    await sleep(50);
    await editor.edit((edit) => edit.delete(new vscode.Range(at, at.translate(0, 1))));
    await sleep(50);
  }
}

function taken({ total, blocked }: Taken): Taken {
  return { total, blocked };
}
