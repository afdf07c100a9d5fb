import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTables, quoteName } from '../schema/ddl';
import { factsOf, type Release, type SchemaName } from '../schema/facts';
import { query } from './query';

/** Creates `database` anew with all tables, columns, keys and foreign keys that the release has in `which`. */
export async function loadSchema(
  connection: { readonly socketPath: string },
  database: string,
  release: Release,
  which: SchemaName,
): Promise<void> {
  const name = quoteName(database);
  await query(
    connection.socketPath,
    `DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name} CHARACTER SET utf8mb3; USE ${name};
     SET foreign_key_checks = 0; ${createTables(factsOf(release, which))}`,
  );
}

/** Creates `database` anew with the tables of 2011 that an instance's deletion meets, and the article's two instances. */
export async function loadSchemaOf2011(
  connection: { readonly socketPath: string },
  database: string,
): Promise<void> {
  const name = quoteName(database);
  const tables = readFileSync(join(__dirname, '../schema/nova2011.sql'), 'utf8');
  await query(
    connection.socketPath,
    `DROP DATABASE IF EXISTS ${name}; CREATE DATABASE ${name} CHARACTER SET utf8mb3; USE ${name}; ${tables}`,
  );
}
