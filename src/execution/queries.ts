import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import type { Connection, Row } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
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
 * The first rows of one SELECT of a plan; the server itself stops there, unless the SELECT has a LIMIT of its own.
 * A guard that is not met rejects, as it does in a run.
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
  await connection.query('SET SESSION sql_select_limit = ?', [limit]);
  await select(connection, statement, (row) => {
    if (rows.length < limit) {
      rows.push(row);
    }
  });
  return rows;
}
