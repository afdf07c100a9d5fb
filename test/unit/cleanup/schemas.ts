import { factsOf, type DatabaseFacts, type Release, type SchemaName } from '../../cloud/schema/facts';
import type { Schema, Table } from '../../../src/model/schema';

/** A schema of a release as information_schema would tell it. */
export function schemaOf(release: Release, which: SchemaName, name: string): Schema {
  return toSchema(factsOf(release, which), name);
}

/** A schema of tables that are given as `table: { column: 'referenced table' or null }`. */
export function madeSchema(
  name: string,
  tables: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): Schema {
  return {
    name,
    tables: new Map(
      Object.entries(tables).map(([table, columns]): [string, Table] => [
        table,
        {
          name: table,
          columns: Object.keys(columns).map((column) => plainColumn(column, 'varchar(36)')),
          primaryKey: ['id'],
          foreignKeys: Object.entries(columns).flatMap(([column, referencedTable]) =>
            referencedTable === null
              ? []
              : [
                  {
                    name: `${table}_${column}`,
                    columns: [column],
                    referencedTable,
                    referencedColumns: ['id'],
                  },
                ],
          ),
        },
      ]),
    ),
  };
}

function toSchema(facts: DatabaseFacts, name: string): Schema {
  return {
    name,
    tables: new Map(
      Object.entries(facts).map(([table, { columns, pk, fk }]): [string, Table] => [
        table,
        {
          name: table,
          columns: Object.entries(columns).map(([column, type]) => plainColumn(column, type)),
          primaryKey: pk,
          foreignKeys: fk.map((key) => ({
            name: key.name,
            columns: key.columns,
            referencedTable: key.ref_table,
            referencedColumns: key.ref_columns,
          })),
        },
      ]),
    ),
  };
}

function plainColumn(name: string, type: string): Table['columns'][number] {
  return {
    name,
    type: type.replace(/ NOT NULL$/, ''),
    nullable: !type.endsWith('NOT NULL'),
    generated: false,
  };
}
