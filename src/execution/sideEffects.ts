import { sideEffectRefusal } from '../cleanup/sideEffects';
import type { Connection } from '../cloud/database/connection';
import { readSideEffects } from '../evidence/sideEffects';
import type { StatementKind } from '../model/plan';
import type { SideEffect } from '../model/schema';

/** A connection is that of one unit: what it was told stays true until it is closed. */
const known = new WeakMap<Connection, Promise<readonly SideEffect[]>>();

/** Rejects when the server itself would change more rows than the statement does. */
export async function requireNoSideEffects(
  connection: Connection,
  schema: string,
  table: string,
  kind: StatementKind,
): Promise<void> {
  const found = known.get(connection) ?? readSideEffects(connection, schema);
  known.set(connection, found);
  const refusal = sideEffectRefusal(await found, table, kind);
  if (refusal) throw refusal;
}
