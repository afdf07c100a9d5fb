import * as l10n from '@vscode/l10n';
import { serverErrno } from '../cloud/database/databaseErrors';
import type { Connection } from '../cloud/database/connection';
import { messageOf, OperatorError } from '../model/errors';
import type { UnitStep } from '../model/plan';
import type { Changed, Saved } from './change';
import { lacksParent } from './parents';
import { changedColumns, keyOf, type SavedRow } from './rowText';
import { rowsByKey } from './savedRows';
import { isContention, isPacketTooLarge } from './serverErrors';
import type { TableShape } from './tableShape';

/** As many rows are asked for by their keys in one statement. */
const rowsAtOnce = 200;

/**
 * Tries the way back of a transaction that is still open, and undoes that in turn. Rejects when the server does not take
 * a row again, or makes another of it: what can't be taken back must not be committed.
 */
export async function tryBack(
  connection: Connection,
  uuid: string,
  unit: UnitStep,
  changes: readonly Changed[],
): Promise<void> {
  const statements = changes.flatMap(({ restore }) => restore).reverse();
  if (statements.length === 0) {
    return;
  }
  const parentsMissing = await lacksParent(connection, uuid, unit);
  await connection.change('SAVEPOINT way_back');
  if (parentsMissing) {
    await connection.change('SET SESSION foreign_key_checks = 0');
  }
  for (const sql of statements) {
    await bringBack(connection, sql);
  }
  for (const { shape, rows } of firstSaved(changes)) {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      await compare(connection, shape, rows.slice(at, at + rowsAtOnce));
    }
  }
  if (parentsMissing) {
    await connection.change('SET SESSION foreign_key_checks = 1');
  }
  await connection.change('ROLLBACK TO SAVEPOINT way_back');
}

async function bringBack(connection: Connection, sql: string): Promise<void> {
  try {
    const { affectedRows } = await connection.change(sql);
    if (affectedRows !== 1) {
      throw notBack(l10n.t('{0} rows came back in the place of one', affectedRows));
    }
  } catch (error) {
    // A cluster counts the way back that is tried among the rows of the transaction.
    const isOversized = OperatorError.is(error, 'too-large');
    if (serverErrno(error) === undefined || isContention(error) || isOversized) {
      throw error;
    }
    throw isPacketTooLarge(error) ? tooLarge(error) : notBack(messageOf(error), error);
  }
}

async function compare(connection: Connection, shape: TableShape, rows: readonly SavedRow[]): Promise<void> {
  const found = await rowsByKey(connection, shape, rows);
  for (const row of rows) {
    const key = keyOf(shape, row);
    const back = found.get(key);
    const [column] = back ? changedColumns(row, back) : [];
    if (!back || column) {
      throw notBack(l10n.t('{0} of {1} where {2}', column?.name ?? l10n.t('the row'), shape.name, key));
    }
  }
}

/** Rows as they were before the first change of them; a table without a key has none that could be found again. */
function firstSaved(changes: readonly Changed[]): Saved[] {
  const tables = new Map<string, { shape: TableShape; rows: Map<string, SavedRow> }>();
  for (const { saved } of changes) {
    if (!saved || saved.shape.primaryKey.length === 0) continue;
    const { shape } = saved;
    const table = tables.get(shape.name) ?? { shape, rows: new Map<string, SavedRow>() };
    tables.set(shape.name, table);
    for (const row of saved.rows) {
      const key = keyOf(shape, row);
      if (!table.rows.has(key)) table.rows.set(key, row);
    }
  }
  return [...tables.values()].map(({ shape, rows }) => ({ shape, rows: [...rows.values()] }));
}

function notBack(what: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('This change could not be taken back exactly: {0}', what),
    l10n.t('Correct that value in the database, or leave the instance out of the plan.'),
    { cause },
  );
}

function tooLarge(cause: unknown): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('A row is too large for its way back: {0}', messageOf(cause)),
    l10n.t('Raise max_allowed_packet of the server to more than twice the size of the row, then try again.'),
    { cause },
  );
}
