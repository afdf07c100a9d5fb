import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { local } from './places.mjs';
import { run, say, SetupError } from './processes.mjs';

/** MySQL's server with every library it needs, unpacked; nothing of it is installed. */
const folder = local('mysql');
const why = 'MySQL could not be fetched from Debian sid. Is the package mirror reachable?';

/**
 * Debian's own releases have MariaDB only, so MySQL comes from sid, with sid's C library: the test starts it by that
 * library's loader. Fetched once; remove .local/mysql to get a newer one.
 */
export async function ensureMysql() {
  if (existsSync(join(folder, 'usr/sbin/mysqld'))) return;
  say('fetching MySQL from Debian sid');
  const apt = local('mysql-apt');
  const unpacked = `${folder}.new`;
  for (const stale of [apt, unpacked]) rmSync(stale, { recursive: true, force: true });
  for (const name of ['state/lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(apt, name), { recursive: true });
  }
  mkdirSync(unpacked, { recursive: true });
  const env = { APT_CONFIG: writeAptFiles(apt) };
  await run('apt-get', ['update'], { why, env });
  const get = ['install', '-y', '--no-install-recommends', '--download-only', 'mysql-server-core'];
  await run('apt-get', get, { why, env });
  const archives = join(apt, 'cache/archives');
  for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg-deb', ['-x', join(archives, file), unpacked], { why });
  }
  rmSync(apt, { recursive: true });
  renameSync(unpacked, folder);
}

/** The mirror that this machine gets Debian from, not the one of its security updates. */
function debianMirror() {
  const targets = ['indextargets', '--format', '$(REPO_URI)', 'Origin: Debian', 'Created-By: Packages'];
  const { stdout } = spawnSync('apt-get', targets, { encoding: 'utf8' });
  const mirror = stdout?.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (mirror === undefined)
    throw new SetupError(`${why} (apt has no mirror of Debian, or no lists: apt-get update)`);
  return mirror;
}

/** A world of its own for apt, in which nothing is installed: it names all that the server needs. */
function writeAptFiles(apt) {
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${key}] ${debianMirror()} sid main\n`);
  writeFileSync(join(apt, 'status'), '');
  const settings = {
    'Dir::State': join(apt, 'state'),
    'Dir::State::status': join(apt, 'status'),
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Etc::sourcelist': join(apt, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Acquire::Languages': 'none',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";`);
  const file = join(apt, 'apt.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
