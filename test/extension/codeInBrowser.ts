import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChromium } from '../setup/chromium';
import { startServer } from '../setup/vscodeServer';

/** Long enough for the slowest suite on two busy cores; a hang must still end. */
const patienceMs = 15 * 60_000;

/**
 * Runs extension tests as VS Code's own browser tests do: the page's address names the extension and the tests, and
 * the workbench reports through two functions that the page offers.
 * Resolves to the exit code that the workbench reports.
 */
async function runInBrowser(
  install: string,
  extension: string,
  tests: string,
  workspace: string,
): Promise<number> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'openstack-zombies-vscode-'));
  const server = await startServer({ install, dataFolder, testDriver: true });
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    const exit = new Promise<number>((resolve, reject) => {
      setTimeout(reject, patienceMs, new Error('The extension tests did not end')).unref();
      void page.exposeFunction('codeAutomationLog', (_type: string, [line]: unknown[]) => {
        if (typeof line === 'string' && line.startsWith('[test] ')) console.log(line.slice('[test]'.length));
      });
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    const host = `127.0.0.1:${server.port}`;
    const remote = (path: string): string => `vscode-remote://${host}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(tests)],
      ['skipWelcome', 'true'],
    ];
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    await page.goto(`http://${host}/?${query.toString()}`);
    return await exit;
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    strict: false,
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
  });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const { VSCODE_INSTALL: install, VSCODE_WORKSPACE: workspace } = process.env;
  if (typeof extension !== 'string' || typeof tests !== 'string') {
    throw new Error('--extensionDevelopmentPath and --extensionTestsPath are missing');
  }
  if (install === undefined || workspace === undefined) {
    throw new Error('VSCODE_INSTALL and VSCODE_WORKSPACE must name the VS Code and the folder it opens');
  }
  process.exitCode = await runInBrowser(install, extension, tests, workspace);
}

void main();
