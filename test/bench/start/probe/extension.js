const { readFileSync, writeFileSync, renameSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const vscode = require('vscode');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Activates the extensions that `order.json` of the open folder names, one after the other, and writes what each cost. */
exports.activate = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
  const ids = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8'));
  // what VS Code itself does after its start is over by then
  await sleep(3000);
  const memory = {};
  for (const id of ids) {
    const before = await settled();
    await vscode.extensions.getExtension(id).activate();
    const after = await settled();
    memory[id] = { heap: after.heap - before.heap, resident: after.resident - before.resident };
  }
  const part = join(folder, 'result.part');
  writeFileSync(part, JSON.stringify({ memory, report: await startupPerformance() }));
  renameSync(part, join(folder, 'result.json'));
};

/** What the process holds when everything that was begun is done, and no garbage is left. */
async function settled() {
  await sleep(1000);
  for (let times = 0; times < 3; times++) collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** The text that "Developer: Startup Performance" shows. */
async function startupPerformance() {
  await vscode.commands.executeCommand('perfview.show');
  for (;;) {
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
    const text = shown?.getText() ?? '';
    if (text.includes('Extension Activation Stats')) return text;
    await sleep(200);
  }
}
