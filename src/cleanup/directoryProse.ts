import * as l10n from '@vscode/l10n';
import type { InstanceDirectory } from '../model/facts';
import { remark, size } from './prose';

export type DirectoryFate = 'quarantine' | 'delete';

type Place = Pick<InstanceDirectory, 'host' | 'path'>;

/** The line above a directory: what becomes of it, and whether that can be taken back. */
export function directoryRemark(bytes: string, modifiedAt: string, fate: DirectoryFate): string {
  return remark(
    fate === 'quarantine'
      ? l10n.t('{0}, last written {1}; renamed, and can be brought back', bytes, modifiedAt)
      : l10n.t('irreversible: {0}, last written {1}, are deleted', bytes, modifiedAt),
  );
}

/** The line of the header about a directory that is deleted. */
export function deletionRemark(place: Place): string {
  return irreversibleRemark(deletion(place));
}

export function deletion({ host, path }: Place): string {
  return l10n.t('the directory {0} on {1}', path, host);
}

export function irreversibleRemark(what: string): string {
  return remark(l10n.t('irreversible: {0}', what));
}

export function directoriesLine(count: number, bytes: number): string {
  return l10n.t('directories: {0}, {1}', count, size(bytes));
}

/** The line above a directory as it reads for another fate; undefined for a line that is not one of ours. */
export function withFate(line: string, fate: DirectoryFate): string | undefined {
  for (const written of ['quarantine', 'delete'] as const) {
    const [, bytes, modifiedAt] = patternOf(written).exec(line) ?? [];
    if (bytes !== undefined && modifiedAt !== undefined) return directoryRemark(bytes, modifiedAt, fate);
  }
  return undefined;
}

/** Made from the sentence itself, so that it reads every translation. */
function patternOf(fate: DirectoryFate): RegExp {
  const literal = directoryRemark('<bytes>', '<time>', fate).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return new RegExp(`^${literal.replace('<bytes>', '(\\S+ \\S+?)').replace('<time>', '(\\S+?)')}$`);
}
