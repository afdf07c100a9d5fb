import type { DatabaseFacts, TableFacts } from './facts';

/**
 * The statements that create a database's tables. They refer to each other in any order, so they run with
 * foreign_key_checks off; every key is enforced from then on.
 */
export function createTables(facts: DatabaseFacts): string {
  return Object.entries(facts)
    .map(([name, table]) => createTable(name, table))
    .join('\n');
}

export function quoteName(name: string): string {
  return '`' + name.replaceAll('`', '``') + '`';
}

function createTable(name: string, table: TableFacts): string {
  const parts = [
    ...Object.entries(table.columns).map(
      ([column, type]) => `${quoteName(column)} ${type}${growing(table, column)}`,
    ),
    ...(table.pk.length > 0 ? [`PRIMARY KEY ${list(table.pk)}`] : []),
    ...Object.entries(table.unique).map(([key, columns]) => `UNIQUE KEY ${quoteName(key)} ${list(columns)}`),
    ...Object.entries(table.index).map(([key, columns]) => `KEY ${quoteName(key)} ${index(table, columns)}`),
    ...table.fk.map(
      (key) =>
        `CONSTRAINT ${quoteName(key.name)} FOREIGN KEY ${list(key.columns)}` +
        ` REFERENCES ${quoteName(key.ref_table)} ${list(key.ref_columns)}`,
    ),
  ];
  return `CREATE TABLE ${quoteName(name)} (\n  ${parts.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;`;
}

/** SQLAlchemy makes the one integer column of a primary key AUTO_INCREMENT. */
function growing(table: TableFacts, column: string): string {
  const integer = /^(big)?int/.test(table.columns[column] ?? '');
  return integer && table.pk.length === 1 && table.pk[0] === column ? ' AUTO_INCREMENT' : '';
}

/** Nova indexes the first 100 characters of host and node names where whole columns exceed InnoDB's 3072 bytes. */
function index(table: TableFacts, columns: readonly string[]): string {
  const bytes = columns.map((column) => characters(table, column) * 3);
  const fits = bytes.reduce((sum, each) => sum + each, 0) <= 3072;
  const parts = columns.map(
    (column) => quoteName(column) + (fits || characters(table, column) <= 100 ? '' : '(100)'),
  );
  return `(${parts.join(', ')})`;
}

function characters(table: TableFacts, column: string): number {
  return Number(/^varchar\((\d+)\)/.exec(table.columns[column] ?? '')?.[1] ?? 0);
}

function list(columns: readonly string[]): string {
  return `(${columns.map(quoteName).join(', ')})`;
}
