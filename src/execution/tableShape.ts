import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import type { Connection, Row } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';

/** What has to be known of a table to save its rows. */
export interface TableShape {
  /** `schema.table`, quoted */
  readonly name: string;
  /** columns that can be written: all but the generated ones, the invisible ones too */
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  /** columns of the type FLOAT */
  readonly floats: readonly string[];
  /** columns that an UPDATE sets to the time by itself, unless it names them */
  readonly selfSet: readonly string[];
}

/** Reads the shape of a table on the connection that is about to change it. */
export async function readShape(connection: Connection, schema: string, table: string): Promise<TableShape> {
  const columns = await connection.query(
    `SELECT c.COLUMN_NAME AS name, c.COLUMN_KEY AS part, c.DATA_TYPE AS type, c.EXTRA AS extra, t.ENGINE AS engine
       FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
      WHERE c.TABLE_SCHEMA = ? AND c.TABLE_NAME = ? ORDER BY c.ORDINAL_POSITION`,
    [schema, table],
  );
  const [first] = columns;
  if (!first) {
    throw new OperatorError(
      'table-missing',
      l10n.t('There is no table {0}.{1}.', schema, table),
      l10n.t('Draft the plan again from a fresh scan.'),
    );
  }
  if (String(first.engine).toLowerCase() !== 'innodb') {
    throw new OperatorError(
      'plan-refused',
      l10n.t(
        'The table {0}.{1} uses the engine {2}, which can not roll back.',
        schema,
        table,
        String(first.engine),
      ),
      l10n.t('Convert the table to InnoDB, which Nova requires, then run the plan.'),
    );
  }
  const namesOf = (list: readonly Row[]): string[] => list.map((column) => String(column.name));
  return {
    name: `${identifier(schema)}.${identifier(table)}`,
    columns: namesOf(columns.filter(({ extra }) => !isGenerated(extra))),
    primaryKey: namesOf(columns.filter(({ part }) => part === 'PRI')),
    floats: namesOf(columns.filter(({ type }) => String(type).toLowerCase() === 'float')),
    selfSet: namesOf(columns.filter(({ extra }) => /\bon update\b/i.test(String(extra)))),
  };
}

/** MySQL also says DEFAULT_GENERATED, of a column whose default is an expression. */
function isGenerated(extra: unknown): boolean {
  return /\b(VIRTUAL|STORED|PERSISTENT)\b/i.test(String(extra));
}
