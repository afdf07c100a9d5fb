import * as l10n from '@vscode/l10n';
import type { InstanceTable } from '../model/instanceTables';
import { apiDatabaseId } from '../model/schema';
import { identifier, literal } from './literal';
import {
  condition,
  qualified,
  rootCondition,
  tablesWithRows,
  type Change,
  type Found,
  type Target,
} from './target';
import { hasColumn, rootOf } from './tables';

/** Every row that names the instance is deleted, or detached where it is inventory; the root's row comes last. */
export function remove(target: Target): Change[] {
  return [...tablesWithRows(target).flatMap((found) => removal(target, found)), ...removeRoot(target)];
}

export function removal(target: Target, { entry, rows }: Found): Change[] {
  if (entry.treatment === 'keep') return [];
  return [entry.treatment === 'detach' ? detachment(target, entry, rows) : deletion(target, entry, rows)];
}

export function removeRoot(target: Target): Change[] {
  const { content } = target;
  const inApi = content.database === apiDatabaseId;
  if (inApi ? !content.mapping : !content.instance) return [];
  const { table } = rootOf(content.database);
  const what = inApi ? l10n.t('mapping to the cell') : l10n.t('the instance');
  const sql = `DELETE FROM ${qualified(content, table)} WHERE ${rootCondition(target)};`;
  return [{ table, content: what, rows: 1, sql }];
}

export function deletion(target: Target, entry: InstanceTable, rows: number): Change {
  const sql = `DELETE FROM ${qualified(target.content, entry.table)} WHERE ${condition(target, entry)};`;
  return { table: entry.table, content: entry.content, rows, sql };
}

function detachment(target: Target, entry: InstanceTable, rows: number): Change {
  const { content } = target;
  const assignments = Object.entries(entry.detach ?? {})
    .filter(([column]) => hasColumn(content.schema, entry.table, column))
    .map(([column, value]) => `${identifier(column)} = ${literal(value)}`);
  const sql = `UPDATE ${qualified(content, entry.table)} SET ${assignments.join(', ')}\n  WHERE ${condition(target, entry)};`;
  return { table: entry.table, content: entry.content, rows, sql };
}
