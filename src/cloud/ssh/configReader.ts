import { open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../../model/errors';
import { globFiles } from './configGlob';
import { hostMatches, matchMatches, type ConfigSubject } from './configMatch';
import { readOption, type ConfigOptions } from './configOptions';
import { argumentsOf, configLines, configProblem, type ConfigLine } from './configSyntax';

/** Which files to read, and where `~` is. */
export interface ConfigPlace {
  readonly home: string;
  /** as the setting has it: a path, or `none` */
  readonly configFile: string;
  /** read after the usual file of the user, and not after another one: -F in ssh(1) */
  readonly systemFile: string;
}

interface Reading {
  readonly file: string;
  /** the user's own, where Include may say `~` */
  readonly own: boolean;
  /** includes around this one */
  readonly depth: number;
  /** included by a block that does not speak of the host */
  readonly never: boolean;
}

export const usualConfigFile = '~/.ssh/config';

/** READCONF_MAX_DEPTH in readconf.h, OpenSSH 9.2. */
const maxDepth = 16;

/** Adds to `options` what the config files say of a host; what it holds already wins. */
export async function readConfig(
  subject: ConfigSubject,
  options: ConfigOptions,
  { home, configFile, systemFile }: ConfigPlace,
): Promise<void> {
  if (configFile.toLowerCase() === 'none') return;
  const usual = configFile === usualConfigFile;
  const file = configFile.replace(/^~(?=\/)/, home);
  const reader = new ConfigReader(subject, options, home);
  await reader.read({ file, own: true, depth: 0, never: false }, true, usual);
  if (usual) await reader.read({ file: systemFile, own: false, depth: 0, never: false }, true, true);
}

/** Goes through the files as read_config_file_depth() in readconf.c, OpenSSH 9.2. */
class ConfigReader {
  constructor(
    private readonly subject: ConfigSubject,
    private readonly options: ConfigOptions,
    private readonly home: string,
  ) {}

  async read(reading: Reading, startActive: boolean, optional: boolean): Promise<void> {
    const text = await readConfigFile(reading.file, optional);
    let active = startActive;
    for (const line of configLines(text, reading.file)) {
      if (line.keyword === 'host') {
        active = hostMatches(line, this.subject) && !reading.never;
      } else if (line.keyword === 'match') {
        active = !reading.never && matchMatches(line, this.subject, this.options);
      } else if (line.keyword === 'include') {
        await this.include(line, reading, active);
      } else {
        readOption(line, this.options, active);
      }
    }
  }

  private async include(line: ConfigLine, { own, depth, never }: Reading, active: boolean): Promise<void> {
    if (depth >= maxDepth)
      throw configProblem(line, l10n.t('more than {0} files include each other', maxDepth));
    for (const path of argumentsOf(line)) {
      for (const file of await globFiles(this.includePath(line, path, own))) {
        await this.read({ file, own, depth: depth + 1, never: never || !active }, active, true);
      }
    }
  }

  /** A relative path is one in ~/.ssh, or in /etc/ssh for the system's file. */
  private includePath(line: ConfigLine, path: string, own: boolean): string {
    if (path.startsWith('/')) return path;
    if (!path.startsWith('~') && path !== '') return own ? `${this.home}/.ssh/${path}` : `/etc/ssh/${path}`;
    if (own && path.startsWith('~/')) return this.home + path.slice(1);
    throw configProblem(line, l10n.t('"{0}" is no file that can be included', path));
  }
}

/** ProxyCommand makes these files as powerful as a program: who else may write them may run anything as us. */
export async function readConfigFile(file: string, optional: boolean): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { mode, uid } = await handle.stat();
      const ourselves = process.getuid?.();
      if (ourselves !== undefined && ((mode & 0o022) !== 0 || (uid !== 0 && uid !== ourselves))) {
        throw new OperatorError(
          'bad-configuration',
          l10n.t('Others than you may write the SSH configuration {0}.', file),
          l10n.t('Make it yours alone, as ssh demands it: chmod go-w {0}', file),
        );
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (OperatorError.is(error)) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (optional && (code === 'ENOENT' || code === 'ENOTDIR')) return '';
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The SSH configuration cannot be read: {0}', messageOf(error)),
      l10n.t('Make {0} readable, or name another file, or "none", in ssh.configFile of the cloud.', file),
    );
  }
}
