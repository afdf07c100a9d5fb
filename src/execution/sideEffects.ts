import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import { sideEffectRefusal } from '../cleanup/sideEffects';
import type { Connection } from '../cloud/database/connection';
import { readSideEffects } from '../evidence/sideEffects';
import { OperatorError } from '../model/errors';
import type { Statement, StatementKind } from '../model/plan';
import type { SideEffect } from '../model/schema';
import type { TableShape } from './tableShape';

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

/** Rejects an UPDATE of which the server would set the time of a change in a column that the statement does not name. */
export function requireNoSelfSet({ name, selfSet }: TableShape, { sets = [] }: Statement): void {
  const column = selfSet.find((each) => !sets.includes(each.toLowerCase()));
  if (column !== undefined) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('With every UPDATE of {0} the server sets {1} to the time by itself.', name, column),
      l10n.t('Write {0} = {0} into the SET clause, so that it stays as it is.', identifier(column)),
    );
  }
}
