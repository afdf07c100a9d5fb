import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import { gapOf, type SourceName } from '../../evidence/sources';
import { survey, type SurveyOptions } from '../../evidence/survey';
import { apiSourceId, type Source, type SourceKind } from '../../model/source';
import type { ConnectionCheck } from '../api';

/** Tries every door of a cloud by looking once through each of them, and tells all checks at every change. */
export async function testConnection(
  access: CloudAccess,
  options: SurveyOptions,
  onChange: (checks: readonly ConnectionCheck[]) => void,
): Promise<readonly ConnectionCheck[]> {
  const checks = new Map<string, ConnectionCheck>();
  const tell = (changed: readonly ConnectionCheck[]): void => {
    for (const check of changed) {
      checks.set(check.id, check);
    }
    onChange([...checks.values()]);
  };
  tell([waiting({ id: apiSourceId, kind: 'api-database', name: '' })]);
  try {
    await survey(access, {
      ...options,
      onExpected: (names) => tell(names.map(waiting)),
      onSource: (source) => tell([answered(source)]),
    });
  } catch (error) {
    // Without the API database there is nothing that says where the rest is.
    const [first] = checks.values();
    tell(first ? [{ ...first, state: 'bad', gap: gapOf(error, options.logger) }] : []);
  }
  return [...checks.values()];
}

function waiting({ id, kind, name }: SourceName): ConnectionCheck {
  return { id, title: titleOf(kind, name), state: 'waiting' };
}

function answered({ id, kind, name, gap }: Source): ConnectionCheck {
  return { id, title: titleOf(kind, name), ...(gap ? { state: 'bad', gap } : { state: 'good' }) };
}

function titleOf(kind: SourceKind, name: string): string {
  switch (kind) {
    case 'api-database':
      return l10n.t('API database {0}', name).trim();
    case 'cell':
      return l10n.t('Cell {0}', name);
    case 'placement':
      return l10n.t('Placement');
    case 'host':
      return l10n.t('Host {0}', name);
  }
}
