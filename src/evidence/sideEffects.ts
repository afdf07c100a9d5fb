import type { Connection } from '../cloud/database/connection';
import type { SideEffect } from '../model/schema';

const acting = "('CASCADE', 'SET NULL', 'SET DEFAULT')";

const keysQuery = `SELECT REFERENCED_TABLE_NAME AS parent, TABLE_NAME AS child, CONSTRAINT_NAME AS name,
    DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate
  FROM information_schema.REFERENTIAL_CONSTRAINTS
  WHERE UNIQUE_CONSTRAINT_SCHEMA = ? AND (DELETE_RULE IN ${acting} OR UPDATE_RULE IN ${acting})`;

const triggersQuery = `SELECT EVENT_OBJECT_TABLE AS tableName, TRIGGER_NAME AS name
  FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ?`;

/** What the server does by itself when rows of the schema change, as far as the account may see it. */
export async function readSideEffects(
  connection: Connection,
  schema: string,
  signal?: AbortSignal,
): Promise<SideEffect[]> {
  const keys = await connection.query(keysQuery, [schema], signal);
  const triggers = await connection.query(triggersQuery, [schema], signal);
  return [
    ...keys.map((row) => ({
      table: String(row.parent),
      name: String(row.name),
      key: { child: String(row.child), onDelete: String(row.onDelete), onUpdate: String(row.onUpdate) },
    })),
    ...triggers.map((row) => ({ table: String(row.tableName), name: String(row.name) })),
  ];
}
