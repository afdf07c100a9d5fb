import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { parseDatabaseUrl, type DatabaseAddress } from '../database/databaseUrl';
import { faultText } from './faultText';
import { OsloConfig, type OsloDefaults } from './osloConfig';
import { parseOsloFile } from './osloFile';
import type { Deployment, Place } from './places';
import type { FileRead, FileState } from './readFiles';
import { urlParts, type UrlParts } from './urlParts';

/** Something in a configuration that the operator should know. No text of a file is ever part of it. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export interface FoundDatabase {
  readonly address: DatabaseAddress;
  /** the URL in pieces, to fill the templates of cells with; absent when Nova could not use it for that either */
  readonly parts?: UrlParts;
  readonly path: string;
  readonly line: number;
}

/** What one service on the host is configured with. */
export interface NovaConfiguration {
  readonly deployment: Deployment;
  readonly program: string;
  /** the files that were there, in the order in which the service reads them */
  readonly paths: readonly string[];
  readonly apiDatabase?: FoundDatabase;
  /** `[database] connection`: that of cell0, or of the cell that the service belongs to */
  readonly cellDatabase?: FoundDatabase;
  /** until Rocky Placement was a part of Nova; since then only in its own file */
  readonly placementDatabase?: FoundDatabase;
  /** not set: Nova takes the address of the default route */
  readonly myIp?: string;
  /** not set: Nova takes the host name */
  readonly host?: string;
  readonly statePath?: string;
  readonly instancesPath?: string;
  /** not set: Nova derives it from virt_type */
  readonly connectionUri?: string;
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * nova/conf/compute.py (2024.2): instances_path; nova/conf/paths.py has `$pybasedir` for state_path, which every
 * distribution sets to this folder.
 */
const defaults: OsloDefaults = {
  'DEFAULT.state_path': '/var/lib/nova',
  'DEFAULT.instances_path': '$state_path/instances',
};

/** Reads one configuration from the files that were found for it, in the order in which they override. */
export function readConfiguration(
  { deployment, program }: Pick<Place, 'deployment' | 'program'>,
  files: readonly FileRead[],
): NovaConfiguration {
  const present = files.filter(({ state }) => state !== 'absent');
  const problems: ConfigurationProblem[] = [];
  const layers = present.map(({ path, state, text }) => {
    const file = parseOsloFile(text ?? '');
    if (text === undefined) problems.push({ path, message: stateText(path, state) });
    if (file.problem) {
      problems.push({ path, line: file.problem.line, message: faultText(file.problem.fault) });
    }
    return { path, file };
  });
  const paths = present.map(({ path }) => path);
  const base = { deployment, program, paths, problems };
  // a service does not start with such a file, and one that nobody could read may override anything
  if (problems.length > 0) return base;
  const config = new OsloConfig(layers, defaults);
  const last = paths.at(-1) ?? '';
  return {
    ...base,
    ...optional('apiDatabase', database(config, 'api_database', problems)),
    ...optional('cellDatabase', database(config, 'database', problems)),
    ...optional('placementDatabase', database(config, 'placement_database', problems)),
    ...optional('myIp', plain(config, 'DEFAULT', 'my_ip', last, problems)),
    ...optional('host', plain(config, 'DEFAULT', 'host', last, problems)),
    ...optional('statePath', folder(config, 'state_path', last, problems)),
    ...optional('instancesPath', folder(config, 'instances_path', last, problems)),
    ...optional('connectionUri', plain(config, 'libvirt', 'connection_uri', last, problems)),
  };
}

function database(
  config: OsloConfig,
  section: string,
  problems: ConfigurationProblem[],
): FoundDatabase | undefined {
  const value = config.get(section, 'connection');
  if (value === undefined || value.text === '') return undefined;
  const { path, line } = value;
  const url = plain(config, section, 'connection', path, problems);
  if (url === undefined) return undefined;
  const whole = withParameters(url, config.get(section, 'connection_parameters')?.text ?? '');
  const parts = urlParts(whole);
  try {
    const address = parseDatabaseUrl(whole, `[${section}] connection`);
    return { address, ...optional('parts', parts), path, line };
  } catch (error) {
    const message = OperatorError.is(error) ? error.message : l10n.t('The database URL cannot be read.');
    problems.push({ path, line, message: `[${section}] connection: ${message}` });
    return undefined;
  }
}

/** oslo.db 17, options.py, connection_parameters: appended to the arguments of the URL. */
function withParameters(url: string, parameters: string): string {
  if (parameters === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${parameters}`;
}

/** The value of an option or its default, if it is text and all of it is known. */
function plain(
  config: OsloConfig,
  section: string,
  key: string,
  fallbackPath: string,
  problems: ConfigurationProblem[],
): string | undefined {
  const { path, line } = config.get(section, key) ?? { path: fallbackPath };
  const value = config.text(section, key);
  if (value === undefined || value.text === '') return undefined;
  const wrong = (message: string): void => {
    const where = line === undefined ? {} : { line };
    problems.push({ path, ...where, message: `[${section}] ${key}: ${message}` });
  };
  if (value.unresolved.length > 0) {
    wrong(unresolvedText(value.unresolved));
    return undefined;
  }
  if (/[\0-\x1f\x7f\ufffd]/.test(value.text)) {
    wrong(l10n.t('This goes over several lines, or is no text.'));
    return undefined;
  }
  return value.text;
}

/** Options that a value may refer to and that are read from the host if they are set. */
const nameable: ReadonlySet<string> = new Set([
  'my_ip',
  'my_block_storage_ip',
  'host',
  'state_path',
  'instances_path',
  'pybasedir',
  'bindir',
]);

/** Any other name may be the end of a password with a dollar, and is not shown. */
function unresolvedText(names: readonly string[]): string {
  const shown = names.filter((name) => nameable.has(name)).map((name) => `$${name}`);
  return shown.length > 0
    ? l10n.t('This refers to {0}, which is not set: the host finds it out by itself.', shown.join(', '))
    : l10n.t('This refers to an option that is not read from the host. A dollar is written as "$$".');
}

function folder(
  config: OsloConfig,
  key: string,
  fallbackPath: string,
  problems: ConfigurationProblem[],
): string | undefined {
  const text = plain(config, 'DEFAULT', key, fallbackPath, problems);
  const path = text?.replace(/(?<=.)\/+$/, '');
  if (path === undefined || (path.startsWith('/') && !/\/\.{1,2}(?:\/|$)/.test(path))) return path;
  problems.push({
    path: config.get('DEFAULT', key)?.path ?? fallbackPath,
    message: l10n.t('[DEFAULT] {0}: This is no absolute path without "." and "..".', key),
  });
  return undefined;
}

function stateText(path: string, state: FileState): string {
  if (state === 'too-long') return l10n.t('This file is longer than any configuration, so it was not read.');
  if (state === 'odd') return l10n.t('This is no file.');
  if (path.includes('*')) {
    return l10n.t('What is in this folder may not be seen. Log in as root, or allow "sudo -n ls -1" for it.');
  }
  return l10n.t('This file may not be read. Log in as root, or allow "sudo -n cat" for it.');
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
