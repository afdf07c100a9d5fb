import * as l10n from '@vscode/l10n';
import type { DatabaseContent } from '../model/content';
import { identifier, literal } from './literal';
import { removal, removeRoot } from './removal';
import { hasColumn, shadowPrefix } from './tables';
import { condition, qualified, rootCondition, tablesWithRows, type Change, type Target } from './target';

/** Columns that arrive in the shadow table with another value than the row has. */
type Stamps = Readonly<Record<string, string>>;

const softStamps: Stamps = {
  deleted: 'IF(deleted = 0, id, deleted)',
  deleted_at: 'IFNULL(deleted_at, UTC_TIMESTAMP())',
};

const instanceStamps: Stamps = {
  deleted: 'id',
  deleted_at: 'UTC_TIMESTAMP()',
  terminated_at: 'UTC_TIMESTAMP()',
  vm_state: literal('deleted'),
  task_state: literal(null),
};

/**
 * Rows move to the shadow tables, where there are any, as Nova's archive moves them: nova/db/main/api.py,
 * archive_deleted_rows (Zed). A live instance arrives there as one that Nova has deleted.
 */
export function archive(target: Target): Change[] {
  const { content } = target;
  const live = content.instance?.deleted === 0;
  const changes = tablesWithRows(target).flatMap((found) => {
    const { entry, rows } = found;
    const moves = entry.treatment === 'delete' && hasShadow(content, entry.table);
    const stamps = live && entry.marked === 'soft' && found.live > 0 ? softStamps : {};
    const copied = moves
      ? [copy(target, entry.table, entry.content, rows, condition(target, entry), stamps)]
      : [];
    return [...copied, ...removal(target, found)];
  });
  const root = content.instance
    ? [
        copy(
          target,
          'instances',
          l10n.t('the instance'),
          1,
          rootCondition(target),
          live ? instanceStamps : {},
        ),
      ]
    : [];
  return [...changes, ...root, ...removeRoot(target)];
}

/** Tables whose shadow table lacks a column, so that archiving their rows would lose data. */
export function lossyShadows(target: Target): string[] {
  const { content } = target;
  return [...tablesWithRows(target).map(({ entry }) => entry.table), 'instances'].filter(
    (table) =>
      hasShadow(content, table) &&
      columnsOf(content, table).some((column) => !hasColumn(content.schema, shadowPrefix + table, column)),
  );
}

function copy(
  { content }: Target,
  table: string,
  what: string,
  rows: number,
  where: string,
  stamps: Stamps,
): Change {
  const columns = columnsOf(content, table);
  const values = columns.map((column) => stamps[column] ?? identifier(column));
  const sql =
    `INSERT INTO ${qualified(content, shadowPrefix + table)} (${columns.map(identifier).join(', ')})\n` +
    `  SELECT ${values.join(', ')}\n  FROM ${qualified(content, table)} WHERE ${where};`;
  return { table, content: l10n.t('{0}, to {1}', what, shadowPrefix + table), rows, sql, copies: true };
}

function hasShadow(content: DatabaseContent, table: string): boolean {
  return content.schema.tables.has(shadowPrefix + table);
}

/** A generated column can't be written. */
function columnsOf(content: DatabaseContent, table: string): string[] {
  return (content.schema.tables.get(table)?.columns ?? [])
    .filter((column) => !column.generated)
    .map(({ name }) => name);
}
