import * as l10n from '@vscode/l10n';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OperatorError } from '../../model/errors';
import { parseOptionText, type OptionFault } from './optionText';

/** A login as an option file describes it. */
export interface OptionFileLogin {
  readonly user?: string;
  /** absent when the file has none, or leaves it to a question */
  readonly password?: string;
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly tls?: {
    readonly verify: 'none' | 'identity';
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
  };
}

export interface ReadOption {
  readonly name: string;
  readonly value?: string;
}

/** MariaDB 10.11, client/mysql.cc: load_default_groups. `[mariadb]` is a group of the server. */
export const clientGroups: readonly string[] = [
  'mysql',
  'mariadb-client',
  'client',
  'client-server',
  'client-mariadb',
];

const mostBytes = 1_000_000;
const deepest = 10;
const mostFiles = 1000;

/**
 * The login that MariaDB's client would take from an option file. Rejects with `bad-configuration`, whose text holds
 * nothing of the file. Files that anybody may write, and included ones that are broken, are refused; MariaDB goes on
 * without them, and would log in as somebody else.
 */
export async function readOptionFile(
  path: string,
  groups: readonly string[] = clientGroups,
): Promise<OptionFileLogin> {
  return loginOf(await readOptions(path, groups), path);
}

/** The options of these groups in the order of the files: the last one of a name counts. */
export async function readOptions(path: string, groups: readonly string[]): Promise<readonly ReadOption[]> {
  return new Reader(groups).read(path, 0);
}

class Reader {
  private files = 0;

  constructor(private readonly groups: readonly string[]) {}

  async read(path: string, depth: number): Promise<readonly ReadOption[]> {
    if (++this.files > mostFiles) throw refused(path, l10n.t('Too many files are included.'));
    const found: ReadOption[] = [];
    for (const each of parseOptionText(await readText(path))) {
      if (each.kind === 'fault') throw refused(`${path}:${each.line}`, faultText(each.fault));
      if (each.kind === 'option') {
        if (this.groups.includes(each.group.toLowerCase())) found.push(each);
      } else if (depth < deepest) {
        const paths = each.kind === 'include' ? [each.path] : await filesIn(each.path);
        for (const included of paths) found.push(...(await this.readIncluded(included, depth + 1)));
      }
    }
    return found;
  }

  /** An included file that is not there says nothing. */
  private async readIncluded(path: string, depth: number): Promise<readonly ReadOption[]> {
    try {
      return await this.read(path, depth);
    } catch (error) {
      if (OperatorError.is(error) && isMissing(error.cause)) return [];
      throw error;
    }
  }
}

async function readText(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { mode, size } = await file.stat();
      if ((mode & 0o002) !== 0) throw refused(path, l10n.t('Anybody may write to it. Run chmod o-w.'));
      if (size > mostBytes) throw refused(path, l10n.t('It is longer than any option file.'));
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw OperatorError.is(error) ? error : refused(path, messageOf(error), error);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.cnf'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw refused(folder, messageOf(error));
  }
}

/** What the options say together. MariaDB takes "_" for "-" in names. */
function loginOf(options: readonly ReadOption[], path: string): OptionFileLogin {
  const values = new Map<string, string | undefined>();
  for (const { name, value } of options) values.set(name.replaceAll('_', '-').replace(/^loose-/, ''), value);
  const text = (name: string): string | undefined => values.get(name) ?? undefined;
  const port = text('port');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536)) {
    throw refused(path, l10n.t('Its port is no number from 1 to 65535.'));
  }
  const tls = tlsOf(values);
  return {
    ...given('user', text('user')),
    ...given('password', text('password')),
    ...given('host', text('host')),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...given('socketPath', text('socket')),
    ...(tls ? { tls } : {}),
  };
}

/** MariaDB 10.11, client/sslopt-case.h: any file but a key alone turns TLS on, and skip-ssl turns it off. */
function tlsOf(values: ReadonlyMap<string, string | undefined>): OptionFileLogin['tls'] {
  const flag = (name: string): boolean =>
    values.has(name) && !['0', 'false', 'off'].includes(values.get(name)?.toLowerCase() ?? '');
  const files = {
    ...given('ca', values.get('ssl-ca')),
    ...given('cert', values.get('ssl-cert')),
    ...given('key', values.get('ssl-key')),
  };
  const verified = flag('ssl-verify-server-cert');
  const off = flag('skip-ssl') || flag('disable-ssl') || (values.has('ssl') && !flag('ssl'));
  if (off || !(flag('ssl') || verified || Object.keys(files).length > 0)) return undefined;
  return { verify: verified ? 'identity' : 'none', ...files };
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>);
}

function faultText(fault: OptionFault): string {
  switch (fault) {
    case 'no-group':
      return l10n.t('An option stands before the first group.');
    case 'open-bracket':
      return l10n.t('The name of a group has no "]".');
    case 'empty-include':
      return l10n.t('An include names no file.');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function refused(path: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'bad-configuration',
    l10n.t('The option file {0} cannot be used: {1}', path, why),
    l10n.t('Mend the file; my_print_defaults shows how MariaDB reads it.'),
    ...(cause === undefined ? [] : [{ cause }]),
  );
}
