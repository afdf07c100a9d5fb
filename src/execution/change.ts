import * as l10n from '@vscode/l10n';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Statement } from '../model/plan';
import { changedColumns, deleteRow, insertRow, keyOf, updateBack, type SavedRow } from './rowText';
import { lockedRows, rowsByKey } from './savedRows';
import { requireNoSelfSet, requireNoSideEffects } from './sideEffects';
import { statementTitle } from './statementTitle';
import { readShape, type TableShape } from './tableShape';
import { deletedWitness, insertedWitness, updatedWitness, type Witness } from './witness';

/** What a change did, and how to take it back. */
export interface Changed {
  readonly rows: number;
  /** statements that take it back, one for each row */
  readonly restore: readonly string[];
  readonly saved?: Saved;
  readonly witness?: Witness;
}

/** Rows as they were before they were removed or changed. */
export interface Saved {
  readonly shape: TableShape;
  readonly rows: readonly SavedRow[];
}

/** Makes one change inside the open transaction: the rows are locked and saved before they are touched. */
export async function makeChange(
  connection: Connection,
  schema: string,
  statement: Statement,
): Promise<Changed> {
  if (statement.kind === 'insert') {
    return { rows: await affect(connection, statement), restore: [] };
  }
  const { table, where } = statement;
  if (table === undefined || where === undefined) {
    throw unreadable(statement);
  }
  const shape = await readShape(connection, schema, table);
  await requireNoSideEffects(connection, schema, table, statement.kind);
  switch (statement.kind) {
    case 'delete':
      return remove(connection, shape, statement, where);
    case 'update':
      return update(connection, shape, statement, where);
    case 'insert-select':
      return copy(connection, schema, shape, statement, where);
    case 'select':
      throw unreadable(statement);
  }
}

async function remove(
  connection: Connection,
  shape: TableShape,
  statement: Statement,
  where: string,
): Promise<Changed> {
  const before = await lockedRows(connection, shape, where);
  expectRows(statement, before.length);
  const rows = await affect(connection, statement);
  const restore = before.map((row) => insertRow(shape, row));
  return { rows, restore, saved: { shape, rows: before }, ...deletedWitness(shape, before) };
}

async function update(
  connection: Connection,
  shape: TableShape,
  statement: Statement,
  where: string,
): Promise<Changed> {
  requireKey(shape);
  requireNoSelfSet(shape, statement);
  const before = await lockedRows(connection, shape, where);
  expectRows(statement, before.length);
  const rows = await affect(connection, statement);
  const found = await rowsByKey(connection, shape, before);
  const pairs = before.map((row) => ({ before: row, after: found.get(keyOf(shape, row)) }));
  const restore: string[] = [];
  for (const { before: old, after } of pairs) {
    if (!after) {
      throw new OperatorError(
        'unexpected-count',
        l10n.t(
          '{0} changes the primary key of a row, which can not be taken back.',
          statementTitle(statement),
        ),
        l10n.t('Take the primary key out of the SET clause.'),
      );
    }
    const back = updateBack(shape, old, after);
    if (back !== undefined) {
      restore.push(back);
    }
  }
  const changed = pairs.find(({ before: old, after }) => after && changedColumns(old, after).length > 0);
  const witness = changed?.after ? updatedWitness(shape, changed.before, changed.after) : {};
  return { rows, restore, saved: { shape, rows: before }, ...witness };
}

/** INSERT ... SELECT into a shadow table, which has the columns and the keys of its source. */
async function copy(
  connection: Connection,
  schema: string,
  shape: TableShape,
  statement: Statement,
  where: string,
): Promise<Changed> {
  requireKey(shape);
  if (statement.from === undefined) {
    throw unreadable(statement);
  }
  const source = await readShape(connection, schema, statement.from);
  const before = await lockedRows(connection, source, where);
  expectRows(statement, before.length);
  const rows = await affect(connection, statement);
  const found = await rowsByKey(connection, shape, before);
  if (!before.every((row) => found.has(keyOf(shape, row)))) {
    throw unreadable(statement);
  }
  return { rows, restore: before.map((row) => deleteRow(shape, row)), ...insertedWitness(shape, before) };
}

async function affect(connection: Connection, statement: Statement): Promise<number> {
  const { affectedRows } = await connection.change(statement.sql);
  expectRows(statement, affectedRows);
  return affectedRows;
}

function expectRows(statement: Statement, rows: number): void {
  if (rows !== statement.expect) {
    throw new OperatorError(
      'unexpected-count',
      l10n.t(
        '{0} touches {1} rows, and the plan expects {2}.',
        statementTitle(statement),
        rows,
        statement.expect ?? l10n.t('no number'),
      ),
      l10n.t('See what changed, then scan again and draft a new plan.'),
    );
  }
}

function requireKey(shape: TableShape): void {
  if (shape.primaryKey.length === 0) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The table {0} has no primary key, so a change of it could not be taken back.', shape.name),
      l10n.t('Take the statement out of the plan.'),
    );
  }
}

function unreadable(statement: Statement): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('It can not be told which rows this statement touches: {0}', statementTitle(statement)),
    l10n.t('Write it as the plan was drafted.'),
  );
}
