import * as l10n from '@vscode/l10n';
import { databaseOf, type RowRepair } from '../model/rowRepair';
import { identifier, literal } from './literal';
import { markChildren, queueMapping } from './markDeleted';
import { removal } from './removal';
import { hasColumn } from './tables';
import { qualified, rootCondition, tablesWithRows, type Change, type Target } from './target';

type Of<Do extends RowRepair['do']> = Extract<RowRepair, { readonly do: Do }>;

/** Children before the row that they hang on. */
const order: readonly RowRepair['do'][] = [
  'end-migration',
  'forget-volume',
  'remove-rows',
  'finish-delete',
  'move-row',
  'queue-mapping',
  'map-to-cell',
];

/** The changes that the repairs make in one database. */
export function repairChanges(target: Target, repairs: readonly RowRepair[]): Change[] {
  const tables = tablesWithRows(target).map(({ entry }) => entry.table);
  const tableRank = (repair: RowRepair): number =>
    repair.do === 'remove-rows' ? tables.indexOf(repair.table) : 0;
  return repairs
    .filter((repair) => databaseOf(repair) === target.content.database)
    .toSorted((one, other) => tableRank(one) - tableRank(other))
    .toSorted((one, other) => order.indexOf(one.do) - order.indexOf(other.do))
    .flatMap((repair) => changesOf(target, repair));
}

function changesOf(target: Target, repair: RowRepair): Change[] {
  switch (repair.do) {
    case 'end-migration':
      return [endMigration(target, repair)];
    case 'forget-volume':
      return [forgetVolume(target, repair)];
    case 'remove-rows':
      return tablesWithRows(target)
        .filter(({ entry }) => entry.table === repair.table)
        .flatMap((found) => removal(target, found));
    case 'finish-delete':
      return [...markChildren(target), ...finishInstance(target)];
    case 'move-row':
      return [moveRow(target, repair)];
    case 'queue-mapping':
      return queueMapping(target);
    case 'map-to-cell':
      return [mapToCell(target, repair)];
  }
}

/** As Nova gives one up: nova/compute/manager.py, errors_out_migration_ctxt (Zed). */
function endMigration({ content, uuid }: Target, { id, status }: Of<'end-migration'>): Change {
  const sql =
    `UPDATE ${qualified(content, 'migrations')} SET status = 'error', updated_at = UTC_TIMESTAMP()\n` +
    `  WHERE id = ${literal(id)} AND instance_uuid = ${literal(uuid)} AND status <=> ${literal(status)};`;
  const what = l10n.t('the migration {0} is given up; its row stays', id);
  return { table: 'migrations', content: what, rows: 1, sql };
}

/** nova/db/main/api.py, block_device_mapping_destroy_by_instance_and_volume (Zed). */
function forgetVolume({ content, uuid }: Target, { volumeId }: Of<'forget-volume'>): Change {
  const sql =
    `UPDATE ${qualified(content, 'block_device_mapping')} SET deleted = id, deleted_at = UTC_TIMESTAMP()\n` +
    `  WHERE instance_uuid = ${literal(uuid)} AND volume_id = ${literal(volumeId)} AND deleted = 0;`;
  const what = l10n.t('the volume {0} is forgotten', volumeId);
  return { table: 'block_device_mapping', content: what, rows: 1, sql };
}

/**
 * Nova takes a row for deleted when deleted = id, and not before: nova/db/main/api.py, instance_get_all_by_filters (Zed).
 * The state of the row stays as it was.
 */
function finishInstance(target: Target): Change[] {
  const { content } = target;
  const { instance } = content;
  if (!instance || (instance.deleted === instance.id && instance.deletedAt !== null)) return [];
  const sql =
    `UPDATE ${qualified(content, 'instances')} SET deleted = id, deleted_at = IFNULL(deleted_at, UTC_TIMESTAMP())\n` +
    `  WHERE ${rootCondition(target)} AND deleted <> 0;`;
  // nova/compute/manager.py, _run_pending_deletes and _cleanup_running_deleted_instances (Zed)
  const what = l10n.t(
    'the instance, marked as Nova does: nova-compute then removes its files, and a domain that still runs',
  );
  return [{ table: 'instances', content: what, rows: 1, sql }];
}

/** nova/conductor/manager.py, _map_instance_to_cell (Zed). */
function mapToCell(target: Target, { cell }: Of<'map-to-cell'>): Change {
  const { content } = target;
  const cellId = `(SELECT id FROM ${qualified(content, 'cell_mappings')} WHERE uuid = ${literal(cell)})`;
  const sql =
    `UPDATE ${qualified(content, 'instance_mappings')} SET cell_id = ${cellId},` +
    ` updated_at = UTC_TIMESTAMP()\n  WHERE ${rootCondition(target)} AND cell_id IS NULL;`;
  const what = l10n.t('the mapping leads to the cell that has the row');
  return { table: 'instance_mappings', content: what, rows: 1, sql };
}

function moveRow(target: Target, { from, host, node, computeId }: Of<'move-row'>): Change {
  const { content } = target;
  const columns: Readonly<Record<string, string | number | undefined>> = {
    host,
    node,
    compute_id: computeId,
  };
  const assignments = Object.entries(columns).flatMap(([column, value]) =>
    value !== undefined && hasColumn(content.schema, 'instances', column)
      ? [`${identifier(column)} = ${literal(value)}`]
      : [],
  );
  const sql =
    `UPDATE ${qualified(content, 'instances')} SET ${assignments.join(', ')}\n` +
    `  WHERE ${rootCondition(target)} AND deleted = 0 AND host <=> ${literal(from)};`;
  const what = l10n.t('the row moves from {0} to {1}, the disk does not', from, host);
  return { table: 'instances', content: what, rows: 1, sql };
}
