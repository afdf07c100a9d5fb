import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import type { Connection, Row } from '../cloud/connection';
import { CancelledError, OperatorError } from '../model/errors';
import type { Statement } from '../model/plan';
import { runSelect as select } from './statement';

/** Number of rows that a change would touch now. Nothing is changed or locked. */
export async function countChange(connection: Connection, statement: Statement): Promise<number> {
  const table = statement.kind === 'insert-select' ? statement.from : statement.table;
  if (statement.kind === 'select' || table === undefined || statement.where === undefined) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The rows of this statement can not be counted.'),
      l10n.t('Choose a DELETE, an UPDATE or an INSERT ... SELECT.'),
    );
  }
  const name = `${identifier(connection.schema)}.${identifier(table)}`;
  const [row] = await connection.query(`SELECT COUNT(*) AS n FROM ${name} WHERE ${statement.where}`);
  return Number(row?.n);
}

/**
 * The first rows of one SELECT of a plan. A guard that is not met rejects, as it does in a run. Ending a
 * SELECT that has more rows may end the connection too.
 */
export async function runSelect(connection: Connection, statement: Statement, limit: number): Promise<Row[]> {
  if (statement.kind !== 'select') {
    throw new OperatorError(
      'plan-refused',
      l10n.t('This statement is not a SELECT.'),
      l10n.t('Changes run with their whole transaction: dry-run or run the section.'),
    );
  }
  const rows: Row[] = [];
  const enough = new AbortController();
  const onRow = (row: Row): void => {
    if (rows.length < limit) {
      rows.push(row);
    } else {
      enough.abort();
    }
  };
  try {
    await select(connection, statement, onRow, enough.signal);
  } catch (error) {
    if (!(error instanceof CancelledError)) {
      throw error;
    }
  }
  return rows;
}
