import * as l10n from '@vscode/l10n';

/** Columns that hold credentials or what a tenant passed in secret: nova/db/main/models.py, nova/db/api/models.py */
const secretColumns: ReadonlySet<string> = new Set([
  'connection_info',
  'user_data',
  'key_data',
  'keypairs',
  'transport_url',
  'database_connection',
  'token_hash',
  'internal_access_path',
  'password',
]);

/** Serialised copies of an instance and its block devices. */
const secretTables: Readonly<Record<string, readonly string[]>> = {
  build_requests: ['instance', 'block_device_mappings'],
};

const secretKey = /pass|secret|token|private/i;

/** The value as it may be shown. Rows of metadata hide the value when the key says that it is a secret. */
export function masked(
  table: string,
  column: string,
  value: string | null,
  row: Readonly<Record<string, unknown>>,
): string | null {
  if (value === null || value === '') {
    return value;
  }
  const hidden =
    secretColumns.has(column) ||
    secretTables[table]?.includes(column) === true ||
    (column === 'value' && secretKey.test(String(row.key)));
  return hidden ? l10n.t('(hidden, {0} characters)', value.length) : value;
}
