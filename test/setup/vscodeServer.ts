import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { local } from './places.mjs';

export type Which = 'newest' | 'oldest';

export interface ServerOptions {
  /** The folder of an install by vscode.mjs. */
  readonly install: string;
  /** Settings, state and, below `extensions`, installed extensions; nothing of the user's own is read. */
  readonly dataFolder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Laid over this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Lets a page name extension tests in its address; mutes notification toasts. */
  readonly testDriver?: boolean;
}

export interface VscodeServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const calm = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'window.commandCenter': false,
  // a desktop's default; in a browser VS Code would save by itself
  'files.autoSave': 'off',
};

export function installOf(which: Which): string {
  return local('vscode', which);
}

/** Starts VS Code's server on 127.0.0.1 and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const settings = JSON.stringify({ ...calm, ...options.settings }, undefined, 2);
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(options.dataFolder, scope), { recursive: true });
    await writeFile(join(options.dataFolder, scope, 'settings.json'), settings);
  }
  const args = [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
    ...folders(options.dataFolder),
    ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-workspace-trust'],
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = launch(options.install, args, options.env);
  const stop = (): Promise<void> => endGroup(child);
  try {
    return { port: await portOf(child), pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a packaged extension into the data folder's own extensions. */
export async function installExtension(install: string, dataFolder: string, vsix: string): Promise<void> {
  const child = launch(install, [...folders(dataFolder), '--install-extension', vsix, '--force']);
  const output = outputOf(child);
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`VS Code did not install ${vsix}:\n${output()}`);
}

function folders(dataFolder: string): string[] {
  return [
    ...['--accept-server-license-terms', '--server-data-dir', dataFolder, '--user-data-dir', dataFolder],
    ...['--extensions-dir', join(dataFolder, 'extensions')],
  ];
}

/** A process group of its own, so that stopping reaches the extension host and its children too. */
function launch(
  install: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const main = join(install, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const child = spawn(join(install, 'node_modules/.bin/node'), [main, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, EXTENSIONS_GALLERY: '{}', NODE_OPTIONS: '' },
  });
  const end = (): void => {
    if (child.pid !== undefined) signal(-child.pid, 'SIGTERM');
  };
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
  return child;
}

function portOf(child: ChildProcess): Promise<number> {
  const output = outputOf(child);
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.on('error', reject);
    child.on('close', (code) => {
      reject(new Error(`VS Code's server ended with ${String(code)} before it listened:\n${output()}`));
    });
  });
}

function outputOf(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-8000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const group = -child.pid;
  if (!signal(group, 'SIGTERM')) return;
  const impatience = setTimeout(() => signal(group, 'SIGKILL'), 5000);
  while (signal(group, 0)) await new Promise((resolve) => setTimeout(resolve, 50));
  clearTimeout(impatience);
}

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(group, name);
  } catch {
    return false;
  }
}
