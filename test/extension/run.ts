import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { local, root } from '../setup/places.mjs';
import { installOf, type Which } from '../setup/vscodeServer';

const oldestDesktop = '1.105.0';

/**
 * A desktop VS Code where one is named by VSCODE_EXECUTABLE or may be downloaded
 * (OPENSTACK_ZOMBIES_TEST_DESKTOP=1), else VS Code's server with Chromium.
 */
async function executable(which: Which): Promise<string> {
  if (process.env.OPENSTACK_ZOMBIES_TEST_DESKTOP === '1') {
    return downloadAndUnzipVSCode({
      version: which === 'oldest' ? oldestDesktop : 'stable',
      cachePath: local('vscode-desktop'),
    });
  }
  return process.env.VSCODE_EXECUTABLE ?? join(root, 'test/extension/code');
}

/** Runs the extension tests; the outcome is in .local/results/extension-<which>.json. */
async function runExtensionTests(which: Which): Promise<void> {
  const resultFile = local('results', `extension-${which}.json`);
  const workspace = local('workspace');
  mkdirSync(local('results'), { recursive: true });
  mkdirSync(workspace, { recursive: true });
  rmSync(resultFile, { force: true });
  for (const bundle of ['--production', '--tests']) {
    execFileSync(process.execPath, ['esbuild.mjs', bundle], { cwd: root, stdio: 'inherit' });
  }
  await runTests({
    vscodeExecutablePath: await executable(which),
    extensionDevelopmentPath: root,
    extensionTestsPath: local('extension-tests', 'index'),
    launchArgs: [workspace, '--user-data-dir', local(`vscode-desktop-${which}`)],
    extensionTestsEnv: {
      TEST_RESULT_FILE: resultFile,
      VSCODE_INSTALL: installOf(which),
      VSCODE_WORKSPACE: workspace,
    },
  });
  if (!existsSync(resultFile)) throw new Error('The extension host ended before its tests did');
}

const which = process.argv[2];
if (which !== 'newest' && which !== 'oldest') throw new Error('usage: run.ts newest|oldest');
runExtensionTests(which).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
