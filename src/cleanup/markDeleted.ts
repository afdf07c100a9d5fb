import * as l10n from '@vscode/l10n';
import type { InstanceTable } from '../model/instanceTables';
import { apiDatabaseId } from '../model/schema';
import { deletion } from './removal';
import { condition, qualified, rootCondition, tablesWithRows, type Change, type Target } from './target';

/**
 * What a delete by Nova itself leaves in the database: nova/db/main/api.py, instance_destroy, and
 * nova/compute/api.py, _local_delete and _update_queued_for_delete (Zed). cleaned = 0 makes nova-compute remove the
 * files once it is back (nova/compute/manager.py, _run_pending_deletes).
 */
export function markDeleted(target: Target): Change[] {
  const changes = tablesWithRows(target).flatMap(({ entry, rows, live }) => {
    if (entry.marked === 'hard') return [deletion(target, entry, rows)];
    return entry.marked === 'soft' && live > 0 ? [softDeletion(target, entry, live)] : [];
  });
  return [
    ...changes,
    ...(target.content.database === apiDatabaseId ? queueMapping(target) : markInstance(target)),
  ];
}

/** The rows that Nova's delete marks, without the instance's own. */
export function markChildren(target: Target): Change[] {
  return tablesWithRows(target).flatMap(({ entry, live }) =>
    entry.marked === 'soft' && live > 0 ? [softDeletion(target, entry, live)] : [],
  );
}

function softDeletion(target: Target, entry: InstanceTable, rows: number): Change {
  const sql =
    `UPDATE ${qualified(target.content, entry.table)} SET deleted = id, deleted_at = UTC_TIMESTAMP()\n` +
    `  WHERE ${condition(target, entry)} AND deleted = 0;`;
  return { table: entry.table, content: entry.content, rows, sql };
}

function markInstance(target: Target): Change[] {
  if (target.content.instance?.deleted !== 0) return [];
  const sql =
    `UPDATE ${qualified(target.content, 'instances')} SET deleted = id, deleted_at = UTC_TIMESTAMP(),` +
    ` terminated_at = UTC_TIMESTAMP(), vm_state = 'deleted', task_state = NULL, cleaned = 0\n` +
    `  WHERE ${rootCondition(target)} AND deleted = 0;`;
  return [{ table: 'instances', content: l10n.t('the instance'), rows: 1, sql }];
}

export function queueMapping(target: Target): Change[] {
  const { mapping } = target.content;
  if (!mapping || mapping.queuedForDelete) return [];
  const sql =
    `UPDATE ${qualified(target.content, 'instance_mappings')} SET queued_for_delete = 1,` +
    ` updated_at = UTC_TIMESTAMP()\n  WHERE ${rootCondition(target)};`;
  return [{ table: 'instance_mappings', content: l10n.t('mapping to the cell'), rows: 1, sql }];
}
