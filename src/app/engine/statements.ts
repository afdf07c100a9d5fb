import * as l10n from '@vscode/l10n';
import { parse } from '../../cleanup/parse';
import type { Connection, Row } from '../../cloud/database/connection';
import { requireSchema, withDatabase } from '../../execution/context';
import { countChange, runSelect } from '../../execution/queries';
import { OperatorError } from '../../model/errors';
import type { Plan, Statement, UnitStep } from '../../model/plan';
import type { Reach } from './reach';

const selectLimit = 1000;

/** Number of rows that the change at an offset of a plan would touch now. */
export function countAt(reach: Reach, text: string, offset: number): Promise<number> {
  return withStatement(reach, text, offset, countChange);
}

/** Rows of the SELECT at an offset of a plan. */
export function selectAt(reach: Reach, text: string, offset: number): Promise<Row[]> {
  return withStatement(reach, text, offset, (connection, statement) =>
    runSelect(connection, statement, selectLimit),
  );
}

async function withStatement<T>(
  reach: Reach,
  text: string,
  offset: number,
  work: (connection: Connection, statement: Statement) => Promise<T>,
): Promise<T> {
  const plan = parse(text);
  const { statement, unit } = statementAt(plan, offset);
  const cloud = plan.header?.cloud ?? '';
  const { cells } = await reach.survey(cloud);
  return withDatabase({ access: reach.access(cloud), cells }, unit.database, (connection) => {
    requireSchema(connection, unit.schema);
    return work(connection, statement);
  });
}

function statementAt(plan: Plan, offset: number): { statement: Statement; unit: UnitStep } {
  for (const section of plan.sections) {
    for (const step of section.steps) {
      if (step.step !== 'unit') {
        continue;
      }
      const statement = step.statements.find(({ span }) => span.start <= offset && offset < span.end);
      if (statement) {
        return { statement, unit: step };
      }
    }
  }
  throw new OperatorError(
    'not-found',
    l10n.t('There is no statement here.'),
    l10n.t('Put the cursor into a statement.'),
  );
}
