import * as l10n from '@vscode/l10n';
import { latest } from '../ages';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { proof } from '../proof';
import { liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { novaHasIt } from '../traps/novaHasIt';
import { tooYoung } from '../traps/young';

const anotherCell: Trap<Signal> = {
  id: 'another-cell',
  when: () => ({
    unknown: l10n.t('the deleted row is not in the cell of the mapping, or is the hidden copy of a resize'),
  }),
  check(_signal, { rows, mapping }) {
    if (rows.some(({ cell, hidden }) => cell === mapping?.cell && !hidden)) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('the cell that its mapping names has no row of it but perhaps a hidden copy'),
    };
  },
  cleared: () => l10n.t('the deleted row is in the cell that its mapping names'),
};

/** The API counts it as an instance, where it counts by mappings and when a cell is down. */
export const mappingNotQueued = declareKind<Signal>({
  id: 'mapping-not-queued',
  needs: ['api-database', 'cell'],
  signs: ['mapping-not-queued'],
  thresholds: ['deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'The row of `instances` is soft-deleted, and `instance_mappings.queued_for_delete` is still 0 or NULL.',
    ),
    causes: l10n.t(
      'The API died between the delete and the flag, or could not reach its database (nova/compute/api.py, _update_queued_for_deletion), or the delete is older than the flag.',
    ),
    fixes: l10n.t(
      'It counts against the quota where that is counted from Placement (nova/objects/instance_mapping.py, get_counts), and is listed while its cell is down. The archive removes mapping and row; `online_data_migrations` decides where the flag is NULL. SQL sets the flag.',
    ),
  }),
  traps: [
    ...commonTraps,
    novaHasIt,
    anotherCell,
    tooYoung({
      threshold: 'deletingMinutes',
      times: (_signal, { rows }) => [latest(rows.map(({ deletedAt }) => deletedAt))],
    }),
  ],
  signal(dossier, scene) {
    const { rows, mapping } = dossier;
    if (rows.length === 0) return l10n.t('no cell has its row of instances');
    if (liveRows(dossier).length > 0) return l10n.t('a cell has a live row of it');
    if (mapping === undefined) return l10n.t('it has no mapping');
    if (mapping.queuedForDelete) return l10n.t('its mapping is queued for delete');
    const since = latest(rows.map(({ deletedAt }) => deletedAt));
    return {
      why: l10n.t('Nova deleted the instance, and its mapping still counts it as one that lives'),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: () => [
    {
      title: l10n.t('let Nova archive the row: its mapping goes along'),
      command: 'nova-manage db archive_deleted_rows --all-cells',
    },
    {
      title: l10n.t('let Nova decide where queued_for_delete is NULL'),
      command: 'nova-manage db online_data_migrations',
    },
    { title: l10n.t('SQL: set queued_for_delete as Nova does') },
  ],
  remedy: () => ({
    wanted: true,
    depth: 'repair',
    depths: ['repair', 'none'],
    domains: [],
    directories: [],
    manual: [],
    repairs: [{ do: 'queue-mapping' }],
  }),
});
