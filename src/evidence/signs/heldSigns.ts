import { endedMigrations } from '../migrationStatus';
import { datetimeOf } from '../values';
import { ago } from './ages';
import type { CellSign } from './cellSign';

/** What is held, or goes on, in the name of an instance. */
export const heldSigns: readonly CellSign[] = [
  {
    // A removed device has a soft-deleted row, and holds nothing (nova/objects/pci_device.py, Zed).
    sign: 'pci-device-held',
    needs: {
      pci_devices: ['instance_uuid', 'status', 'deleted'],
      instances: ['id', 'uuid', 'deleted'],
    },
    sql: `SELECT DISTINCT p.instance_uuid AS uuid
      FROM pci_devices p LEFT JOIN instances i ON i.uuid = p.instance_uuid AND i.deleted = 0
      WHERE p.deleted = 0 AND p.instance_uuid IS NOT NULL AND p.status IN ('allocated', 'claimed') AND i.id IS NULL`,
  },
  {
    // `finished` is a resize that waits for confirm or revert.
    sign: 'migration-in-progress',
    needs: { migrations: ['instance_uuid', 'status', 'deleted', 'updated_at', 'created_at'] },
    sql: `SELECT DISTINCT instance_uuid AS uuid FROM migrations
      WHERE deleted = 0 AND (status IS NULL OR status NOT IN ('finished', ${endedMigrations}))
        AND COALESCE(updated_at, created_at) < ?`,
    values: (ages) => [datetimeOf(ago(ages, ages.thresholds.movingMinutes))],
  },
  {
    // Seconds since the epoch (nova/objects/console_auth_token.py, authorize, Zed); of an instance with several, the newest.
    sign: 'expired-token',
    needs: { console_auth_tokens: ['instance_uuid', 'expires'] },
    sql: `SELECT instance_uuid AS uuid FROM console_auth_tokens GROUP BY instance_uuid HAVING MAX(expires) < ?`,
    values: (ages) => [Math.floor(ago(ages, ages.thresholds.tokenMinutes).getTime() / 1000)],
  },
];
