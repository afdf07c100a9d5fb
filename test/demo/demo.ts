import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startCloud, type DemoCloud } from '../cloud/demoCloud';
import { stopProcesses } from '../cloud/processes';
import { chromiumArguments, chromiumPath } from '../setup/chromium';
import { local } from '../setup/places.mjs';
import { installExtension, installOf, startServer } from '../setup/vscodeServer';
import { frame } from './frame';
import { startFront, type Front } from './front';
import { endLeftover, remember } from './leftover';
import { demoSettings } from './settings';

const usualPort = 8420;
const cloudFolder = local('cloud', 'demo');

/** What would otherwise ask for attention beside the demo. */
const quiet = {
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
};

interface Stoppable {
  stop(): Promise<void>;
}

/** The demo cloud and a VS Code with the packaged extension that knows it, until a signal comes. */
async function runDemo(vsix: string, open: boolean): Promise<void> {
  const started: Stoppable[] = [];
  const signal = nextSignal();
  try {
    await Promise.race([start(vsix, open, started), signal]);
    await signal;
  } finally {
    console.log('stopping');
    for (const each of started.reverse()) await each.stop();
    // also what was still starting
    await stopProcesses(cloudFolder);
  }
}

async function start(vsix: string, open: boolean, started: Stoppable[]): Promise<void> {
  const dataFolder = local('demo', 'vscode');
  const workspace = local('demo', 'plans');
  endLeftover();
  rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  console.log('starting the demo cloud');
  const cloud = await startCloud({ directory: cloudFolder, apis: true });
  started.push(cloud);
  const install = installOf('newest');
  await installExtension(install, dataFolder, vsix);
  const server = await startServer({
    install,
    dataFolder,
    settings: { ...quiet, ...demoSettings(cloud) },
    env: cloudsYamlOf(cloud),
  });
  started.push(server);
  remember(server.pid);
  const front = await frontOf(server.port);
  started.push(front);
  const url = `http://127.0.0.1:${front.port}/?folder=${encodeURIComponent(workspace)}`;
  console.log(frame([url, `database password: ${cloud.database.password}`, 'Ctrl-C stops everything']));
  if (open) started.push(openBrowser(url));
}

/** The demo cloud's own clouds.yaml in place of the user's. */
function cloudsYamlOf({ apis }: DemoCloud): Record<string, string> {
  return apis === undefined ? {} : { OS_CLIENT_CONFIG_FILE: apis.cloudsFile };
}

/** The usual port keeps a browser's bookmark and stored password working; where it is taken, any. */
async function frontOf(server: number): Promise<Front> {
  const keyFile = local('demo', 'secret-key');
  try {
    return await startFront(server, usualPort, keyFile);
  } catch {
    return startFront(server, 0, keyFile);
  }
}

function openBrowser(url: string): Stoppable {
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) {
    console.log('--open: there is no display; open the address by hand');
    return { stop: () => Promise.resolve() };
  }
  const profile = `--user-data-dir=${local('demo', 'chromium')}`;
  const browser: ChildProcess = spawn(chromiumPath, [...chromiumArguments, profile, url], {
    stdio: 'ignore',
  });
  browser.on('error', (error) => {
    console.log(`Chromium did not start: ${error.message}`);
  });
  return {
    stop: () => {
      browser.kill();
      return Promise.resolve();
    },
  };
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        resolve();
      });
    }
  });
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { open: { type: 'boolean' } } });
const [vsix] = positionals;
if (vsix === undefined) throw new Error('usage: demo.ts VSIX [--open]');
void runDemo(vsix, values.open === true)
  .then(
    () => 0,
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    },
  )
  // an interrupted start may still wait for something
  .then((code) => process.exit(code));
