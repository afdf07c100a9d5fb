import * as l10n from '@vscode/l10n';
import type { SourceName } from '../../evidence/sources';
import type { Gap, Source, SourceKind } from '../../model/source';
import type { ConnectionCheck, TestOptions } from '../api';

/** A list of checks, told whole at every change. */
export class Checks {
  private readonly byId = new Map<string, ConnectionCheck>();

  constructor(private readonly onChange: TestOptions['onChange']) {}

  get all(): readonly ConnectionCheck[] {
    return [...this.byId.values()];
  }

  expect(sources: readonly SourceName[]): void {
    for (const { id, kind, name } of sources)
      this.byId.set(id, { id, title: titleOf(kind, name), state: 'waiting' });
    this.tell();
  }

  answered({ id, kind, name, gap }: Source): void {
    this.set({ id, title: titleOf(kind, name), ...(gap ? { state: 'bad', gap } : { state: 'good' }) });
  }

  failed({ id, kind, name }: SourceName, gap: Gap): void {
    this.set({ id, title: titleOf(kind, name), state: 'bad', gap });
  }

  set(check: ConnectionCheck): void {
    this.byId.set(check.id, check);
    this.tell();
  }

  private tell(): void {
    this.onChange?.(this.all);
  }
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
    case 'keystone':
    case 'nova':
    case 'neutron':
    case 'cinder':
    case 'ironic':
      return l10n.t('API of {0}', name);
  }
}
