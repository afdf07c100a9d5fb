import * as l10n from '@vscode/l10n';
import type { Connection, Row } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Statement, UnitStep } from '../model/plan';
import { makeChange, type Changed } from './change';
import { isGuardRaised } from './serverErrors';
import { oneLine } from './statementTitle';

/** Runs one statement of a unit inside its transaction. A SELECT may raise, which is how a guard says no. */
export async function runStatement(
  connection: Connection,
  unit: UnitStep,
  statement: Statement,
): Promise<Changed> {
  if (statement.kind === 'select') {
    let rows = 0;
    await runSelect(connection, statement, () => (rows += 1));
    return { rows, restore: [] };
  }
  return makeChange(connection, unit.schema, statement);
}

/** Runs a SELECT of a plan. A guard raises when it is not met, and this rejects with `guard-unmet`. */
export async function runSelect(
  connection: Connection,
  statement: Statement,
  onRow: (row: Row) => void,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await connection.stream(statement.sql, [], onRow, signal);
  } catch (error) {
    if (!isGuardRaised(error)) {
      throw error;
    }
    throw new OperatorError(
      'guard-unmet',
      l10n.t('What the plan was drafted on has changed. This guard is not met: {0}', oneLine(statement.sql)),
      l10n.t('See what changed, then scan again and draft a new plan.'),
      { cause: error },
    );
  }
}
