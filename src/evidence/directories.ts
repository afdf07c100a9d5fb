import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { InstanceDirectory } from '../model/facts';
import { isUuid } from '../model/uuid';
import type { Answer } from './hostAnswers';

interface Entry {
  readonly type: string;
  readonly bytes: number;
  readonly seconds: number;
  /** relative to the instances path */
  readonly path: string;
}

/**
 * The directories of instances: `find -printf '%y %s %T@ %P\0'` over them and all that is in them.
 *
 * @param aheadMs by which the host's clock is ahead of ours
 */
export function parseDirectories(
  host: string,
  instancesPath: string,
  answer: Answer,
  aheadMs: number,
): InstanceDirectory[] {
  refuseUnread(host, instancesPath, answer);
  const entries = answer.output.split('\0');
  if (entries.pop() !== '') {
    throw notUnderstood(host, instancesPath);
  }
  const byName = new Map<string, Entry[]>();
  for (const text of entries) {
    const entry = parseEntry(text);
    if (!entry) {
      throw notUnderstood(host, instancesPath);
    }
    const [name = ''] = entry.path.split('/', 1);
    const within = byName.get(name);
    if (within) {
      within.push(entry);
    } else {
      byName.set(name, [entry]);
    }
  }
  return [...byName].flatMap(([name, within]) => directoryOf(host, instancesPath, name, within, aheadMs));
}

/** A link that an operator put in place of a directory counts as one: the instance's files are behind it. */
function directoryOf(
  host: string,
  instancesPath: string,
  name: string,
  entries: readonly Entry[],
  aheadMs: number,
): InstanceDirectory[] {
  const [, uuid = '', suffix = ''] = /^(.{36})(_resize|_del)?$/.exec(name) ?? [];
  const top = entries.find(({ path }) => path === name);
  if (!isUuid(uuid) || !top || !'dl'.includes(top.type)) {
    return [];
  }
  const seconds = entries.reduce((newest, entry) => Math.max(newest, entry.seconds), 0);
  return [
    {
      host,
      uuid,
      suffix: suffix === '_resize' || suffix === '_del' ? suffix : '',
      path: `${instancesPath.replace(/\/+$/, '')}/${name}`,
      bytes: entries.reduce((sum, { type, bytes }) => sum + (type === 'f' ? bytes : 0), 0),
      modifiedAt: new Date(Math.floor(seconds * 1000) - aheadMs).toISOString(),
    },
  ];
}

function parseEntry(text: string): Entry | undefined {
  const [, type, bytes, seconds, path] = /^(\w) (\d+) (-?\d+(?:\.\d+)?) ([^]+)$/.exec(text) ?? [];
  if (type === undefined || path === undefined) {
    return undefined;
  }
  return { type, bytes: Number(bytes), seconds: Number(seconds), path };
}

/** `find` also says so when a file goes while it looks: that alone is no failure. */
function refuseUnread(host: string, path: string, { code, errors }: Answer): void {
  if (/permission denied|operation not permitted/i.test(errors)) {
    throw new OperatorError(
      'permission-denied',
      l10n.t('{0} on {1} may not be read wholly: {2}', path, host, errors),
      l10n.t('Log in as a user who may read all of it, such as root or nova.'),
    );
  }
  if (code === 3) {
    throw new OperatorError(
      'not-found',
      l10n.t('{0} on {1} is not there: {2}', path, host, errors),
      l10n.t(
        'Set the instances path of the cloud to instances_path of nova.conf, and check that its storage is mounted.',
      ),
    );
  }
  const serious = errors
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('No such file or directory'));
  if (serious.length > 0 || (code !== 0 && errors === '')) {
    throw new OperatorError(
      'command-failed',
      l10n.t('{0} on {1} could not be listed: {2}', path, host, errors || l10n.t('exit status {0}', code)),
      l10n.t('Log in and look at the directory with "find".'),
    );
  }
}

function notUnderstood(host: string, path: string): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('The listing of {0} on {1} could not be read.', path, host),
    l10n.t('Check that "find" on the host is that of GNU findutils.'),
  );
}
