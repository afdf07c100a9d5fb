import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { local, root } from '../../setup/places.mjs';
import { installOf } from '../../setup/vscodeServer';

/**
 * Runs a program of the bench inside the extension host of a real VS Code, beside the extension as it is shipped, and
 * gives what it wrote to the file that BENCH_RESULT names.
 */
export async function inVscode(
  entry: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<unknown> {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
  const program = join(folder, basename(entry, '.ts'));
  await build({
    entryPoints: [entry],
    outfile: `${program}.js`,
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    minify: true,
    logLevel: 'warning',
  });
  const result = `${program}.json`;
  const workspace = local('workspace');
  mkdirSync(workspace, { recursive: true });
  rmSync(result, { force: true });
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? join(root, 'test/extension/code'),
    extensionDevelopmentPath: root,
    extensionTestsPath: program,
    launchArgs: [workspace, '--user-data-dir', local('vscode-desktop-bench')],
    extensionTestsEnv: {
      ...env,
      BENCH_RESULT: result,
      VSCODE_INSTALL: installOf('newest'),
      VSCODE_WORKSPACE: workspace,
    },
  });
  return JSON.parse(readFileSync(result, 'utf8'));
}
