import * as l10n from '@vscode/l10n';
import { parse } from '../cleanup/parse';
import type { Connection, Row } from '../cloud/connection';
import { countChange, runSelect } from '../execution/queries';
import { OperatorError } from '../model/errors';
import type { Plan, Statement } from '../model/plan';
import { apiDatabaseId, type DatabaseId } from '../model/schema';
import type { Clouds } from './clouds';

const selectLimit = 1000;

/** Number of rows that the change at an offset of a plan would touch now. */
export function countAt(clouds: Clouds, text: string, offset: number): Promise<number> {
  return withStatement(clouds, text, offset, countChange);
}

/** Rows of the SELECT at an offset of a plan. */
export function selectAt(clouds: Clouds, text: string, offset: number): Promise<Row[]> {
  return withStatement(clouds, text, offset, (connection, statement) =>
    runSelect(connection, statement, selectLimit),
  );
}

async function withStatement<T>(
  clouds: Clouds,
  text: string,
  offset: number,
  work: (connection: Connection, statement: Statement) => Promise<T>,
): Promise<T> {
  const plan = parse(text);
  const { statement, database } = statementAt(plan, offset);
  const connection = await open(clouds, plan.header?.cloud ?? '', database);
  try {
    return await work(connection, statement);
  } finally {
    await connection.close();
  }
}

async function open(clouds: Clouds, cloud: string, database: DatabaseId): Promise<Connection> {
  const access = clouds.access(cloud);
  if (database === apiDatabaseId) {
    return access.openApi();
  }
  const cell = (await clouds.survey(cloud)).cells.find(({ uuid }) => uuid === database);
  if (!cell) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The cloud {0} has no cell {1}.', cloud, database),
      l10n.t('Draft the plan again from a fresh scan of the cloud it is for.'),
    );
  }
  return access.openCell(cell);
}

function statementAt(plan: Plan, offset: number): { statement: Statement; database: DatabaseId } {
  for (const section of plan.sections) {
    for (const step of section.steps) {
      if (step.step !== 'unit') {
        continue;
      }
      const statement = step.statements.find(({ span }) => span.start <= offset && offset < span.end);
      if (statement) {
        return { statement, database: step.database };
      }
    }
  }
  throw new OperatorError(
    'not-found',
    l10n.t('There is no statement here.'),
    l10n.t('Put the cursor into a statement.'),
  );
}
