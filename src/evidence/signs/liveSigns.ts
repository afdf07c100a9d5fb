import type { CellSign } from './cellSign';

/**
 * Rows that Nova writes together with the live one (nova/db/main/api.py, instance_create). It reads them whether they
 * are marked as deleted or not (nova/db/main/models.py, InstanceExtra and InstanceInfoCache, Zed).
 */
const torn: readonly CellSign[] = ['instance_extra', 'instance_info_caches'].map((table) => ({
  sign: 'torn',
  needs: { [table]: ['id', 'instance_uuid'], instances: ['uuid', 'deleted'] },
  sql: `SELECT i.uuid FROM instances i LEFT JOIN ${table} c ON c.instance_uuid = i.uuid
    WHERE i.deleted = 0 AND c.id IS NULL`,
}));

export const liveSigns: readonly CellSign[] = [
  ...torn,
  {
    sign: 'empty-network-info',
    needs: { instance_info_caches: ['instance_uuid', 'network_info'], instances: ['uuid', 'deleted'] },
    sql: `SELECT i.uuid FROM instances i JOIN instance_info_caches c ON c.instance_uuid = i.uuid
      WHERE i.deleted = 0 AND (c.network_info IS NULL OR c.network_info IN ('', '[]'))`,
  },
];
