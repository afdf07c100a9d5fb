import { posix, win32 } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The machine that the files are looked for on. */
export interface Machine {
  /** what process.platform says */
  readonly platform: string;
  /** the user's home folder */
  readonly home: string;
  /** the folder that is searched first; leave it out for a folder whose files are not trusted */
  readonly cwd?: string;
  readonly env: Environment;
}

export type FileKind = 'clouds' | 'secure' | 'clouds-public';

const suffixes = ['.yaml', '.yml', '.json'];
const overrides: Readonly<Partial<Record<FileKind, string>>> = {
  clouds: 'OS_CLIENT_CONFIG_FILE',
  secure: 'OS_CLIENT_SECURE_FILE',
};

/**
 * The files that may hold the configuration: the first one that can be read counts, the others are not merged
 * (CONFIG_SEARCH_PATH and `_load_yaml_json_file` of openstack/config/loader.py 0.101). A file that a variable names
 * is looked for first.
 */
export function candidates(kind: FileKind, machine: Machine): readonly string[] {
  const paths = pathsOf(machine);
  const variable = overrides[kind];
  const named = variable === undefined ? undefined : machine.env[variable];
  const files = folders(machine).flatMap((folder) =>
    suffixes.map((suffix) => paths.join(folder, kind + suffix)),
  );
  return [...new Set([...(named ? [named] : []), ...files])];
}

function folders(machine: Machine): string[] {
  const { cwd, env, home } = machine;
  const { SNAP_REAL_HOME: snapHome = '' } = env;
  const paths = pathsOf(machine);
  // a snap has a home folder of its own
  const unixHome = paths.join(snapHome === '' ? home : snapHome, '.config', 'openstack');
  const [user, site] = applicationFolders(machine);
  return [...(cwd === undefined ? [] : [cwd]), user, unixHome, site, '/etc/openstack'];
}

/** The user's and the site's folder as appdirs 1.4.4 names them for the application "openstack" of "OpenStack". */
function applicationFolders(machine: Machine): [string, string] {
  const { env, home, platform } = machine;
  const paths = pathsOf(machine);
  if (platform === 'darwin') {
    return [
      paths.join(home, 'Library/Application Support/openstack'),
      '/Library/Application Support/openstack',
    ];
  }
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA ?? paths.join(home, 'AppData', 'Local');
    const common = env.PROGRAMDATA ?? 'C:\\ProgramData';
    return [paths.join(local, 'OpenStack', 'openstack'), paths.join(common, 'OpenStack', 'openstack')];
  }
  // several folders in XDG_CONFIG_DIRS become one path that does not exist: openstacksdk asks for all of them at once
  const sites = (env.XDG_CONFIG_DIRS ?? '/etc/xdg').split(':').map((folder) => `${folder}/openstack`);
  return [paths.join(env.XDG_CONFIG_HOME ?? paths.join(home, '.config'), 'openstack'), sites.join(':')];
}

function pathsOf({ platform }: Machine): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
