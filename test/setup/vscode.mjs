import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { local } from './places.mjs';
import { run, say, SetupError } from './processes.mjs';
import { useRegistryDependencies } from './vscodeDependencies.mjs';

/**
 * VS Code as code-server's npm package ships it, each with the Node it was made for. `oldest` is the first one
 * that engines.vscode of package.json admits.
 */
const releases = {
  newest: { codeServer: '4.139.1', node: '24.21.0', rebuild: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  oldest: {
    codeServer: '4.105.1',
    node: '22',
    prepare: useRegistryDependencies,
    rebuild: ['node-pty', '@vscode/spdlog', 'native-watchdog', '@vscode/deviceid'],
  },
};

/**
 * Installs a VS Code below .local/vscode, unless it is there.
 * @param {'newest' | 'oldest'} which
 */
export async function ensureVscode(which) {
  const release = releases[which];
  const folder = local('vscode', which);
  const stamp = join(folder, `code-server-${release.codeServer}`);
  if (existsSync(stamp)) return;
  removeHalfDone();
  say(`installing VS Code (${which}: code-server ${release.codeServer}), about a minute`);
  const part = local('vscode', `${which}.part-${process.pid}`);
  mkdirSync(part, { recursive: true });
  await install(part, release);
  writeFileSync(join(part, `code-server-${release.codeServer}`), '');
  if (existsSync(stamp)) {
    rmSync(part, { recursive: true });
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

async function install(part, { codeServer, node, prepare, rebuild }) {
  const nodePackage = `node-linux-${process.arch}`;
  if (process.platform !== 'linux') throw new SetupError('The rig runs VS Code on Linux only.');
  const dependencies = { [nodePackage]: node, 'code-server': codeServer };
  writeFileSync(join(part, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const nodeFolder = join(part, 'node_modules', nodePackage);
  const env = {
    PATH: [join(nodeFolder, 'bin'), process.env.PATH].join(delimiter),
    npm_config_nodedir: nodeFolder,
  };
  const npm = (cwd, ...args) =>
    run('npm', [...args, '--no-audit', '--no-fund'], {
      cwd,
      env,
      why: 'VS Code could not be installed. Is the npm registry reachable?',
    });
  await npm(part, 'install', '--ignore-scripts');
  const vscode = join(part, 'node_modules/code-server/lib/vscode');
  prepare?.(vscode);
  await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  await npm(vscode, 'rebuild', '--ignore-scripts=false', ...rebuild);
}

/** Leftovers of an install whose process is gone. */
function removeHalfDone() {
  for (const name of existsSync(local('vscode')) ? readdirSync(local('vscode')) : []) {
    const pid = /\.part-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(local('vscode', name), { recursive: true });
  }
}
