import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../model/errors';
import { isUuid } from '../model/uuid';
import type { Kept } from './api';

type Entry = Omit<Kept, 'expired'>;

const format = 'openstack-zombies-keep-list';

/** A keep list as a document of its own, for another machine. */
export function writeKeepFile(cloud: string, kept: readonly Kept[]): string {
  // whether it has expired is known to whoever reads it
  const keeps = kept.map((entry) => ({ ...entry, expired: undefined }));
  return `${JSON.stringify({ format, version: 1, cloud, keeps }, undefined, 2)}\n`;
}

/** All of it, or an OperatorError that says what is wrong. */
export function readKeepFile(text: string): readonly Entry[] {
  const { format: found, version, keeps } = asRecord(parsed(text));
  if (found !== format || version !== 1 || !Array.isArray(keeps)) {
    throw refused(l10n.t('This is no keep list of version 1.'));
  }
  return keeps.map((value: unknown, index) => entryOf(asRecord(value), index + 1));
}

function entryOf(value: Readonly<Record<string, unknown>>, number: number): Entry {
  const text = (name: string): string => {
    const found = value[name];
    if (typeof found === 'string' && found.trim() !== '') return found;
    throw refused(l10n.t('Entry {0} has no {1}.', number, name));
  };
  const time = (name: string): string => {
    const at = new Date(text(name));
    if (Number.isNaN(at.getTime())) throw refused(l10n.t('Entry {0}: {1} is no time.', number, name));
    return at.toISOString();
  };
  const scope = value.scope;
  if (scope !== 'instance' && scope !== 'host' && scope !== 'project') {
    throw refused(l10n.t('Entry {0}: its scope is none of instance, host and project.', number));
  }
  const id = text('id');
  if (scope === 'instance' && !isUuid(id)) throw refused(l10n.t('Entry {0}: "{1}" is no UUID.', number, id));
  return {
    scope,
    id,
    ...(value.name === undefined ? {} : { name: text('name') }),
    reason: text('reason'),
    author: text('author'),
    since: time('since'),
    ...(value.expires === undefined ? {} : { expires: time('expires') }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(l10n.t('This is no JSON: {0}', messageOf(error)));
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function refused(message: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    message,
    l10n.t('Nothing was taken over. Choose a file that was exported from a keep list, or correct it.'),
  );
}
