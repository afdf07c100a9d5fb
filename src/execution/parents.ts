import { identifier } from '../cleanup/literal';
import type { Connection } from '../cloud/database/connection';
import type { UnitStep } from '../model/plan';
import { apiDatabaseId } from '../model/schema';

/** Rows of which the cell has no instance come back only with foreign keys unchecked. Asked inside the transaction. */
export async function lacksParent(connection: Connection, uuid: string, unit: UnitStep): Promise<boolean> {
  const removed = unit.statements.filter(({ kind }) => kind === 'delete').map(({ table }) => table);
  if (unit.database === apiDatabaseId || removed.length === 0 || removed.includes('instances')) {
    return false;
  }
  const table = `${identifier(unit.schema)}.instances`;
  const [row] = await connection.query(`SELECT COUNT(*) AS n FROM ${table} WHERE uuid = ?`, [uuid]);
  return Number(row?.n) === 0;
}
