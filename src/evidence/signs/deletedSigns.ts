import { cellTables } from '../../model/instanceTables';
import type { Schema } from '../../model/schema';
import { quoted } from '../sql';
import type { CellSign } from './cellSign';

/**
 * Children that Nova's own delete marks (nova/db/main/api.py, instance_destroy, Zed) and that are not marked. One
 * pass over the table: left alone, the optimizer looks up the children of every soft-deleted instance.
 */
const liveChildren: readonly CellSign[] = cellTables
  .filter(({ marked, through }) => marked === 'soft' && !through)
  .map(({ table, column }) => ({
    sign: 'live-rows-of-deleted',
    needs: { [table]: [column, 'deleted'], instances: ['uuid', 'deleted'] },
    sql: `SELECT STRAIGHT_JOIN DISTINCT i.uuid FROM ${quoted(table)} c JOIN instances i ON i.uuid = c.${quoted(column)}
      WHERE c.deleted = 0 AND i.deleted <> 0`,
  }));

/** Foreign keys that hold a soft-deleted row whether they are marked or not: the archive does not know the tables. */
const legacyRows: readonly CellSign[] = ['fixed_ips', 'consoles'].map((table) => ({
  sign: 'legacy-rows',
  needs: { [table]: ['instance_uuid'], instances: ['uuid', 'deleted'] },
  sql: `SELECT DISTINCT i.uuid FROM ${table} c JOIN instances i ON i.uuid = c.instance_uuid WHERE i.deleted <> 0`,
}));

export const deletedSigns: readonly CellSign[] = [
  ...liveChildren,
  ...legacyRows,
  {
    sign: 'share-of-deleted',
    needs: { share_mapping: ['instance_uuid'], instances: ['uuid', 'deleted'] },
    sql: `SELECT DISTINCT i.uuid FROM share_mapping c JOIN instances i ON i.uuid = c.instance_uuid
      WHERE i.deleted <> 0`,
  },
  {
    sign: 'deleted-by-hand',
    needs: { instances: ['id', 'uuid', 'deleted', 'deleted_at'] },
    applies: marksById,
    sql: 'SELECT uuid FROM instances WHERE deleted <> 0 AND (deleted <> id OR deleted_at IS NULL)',
  },
];

/** Before Grizzly `deleted` was a boolean, 1 in every soft-deleted row (oslo.db, SoftDeleteMixin, made it the id). */
function marksById(schema: Schema): boolean {
  const columns = schema.tables.get('instances')?.columns ?? [];
  return columns.some(({ name, type }) => name === 'deleted' && !/^tinyint/i.test(type));
}
