/** A database schema as information_schema tells it. */
export interface Schema {
  /** name of the schema on its server */
  readonly name: string;
  readonly tables: ReadonlyMap<string, Table>;
  /** absent: none was seen */
  readonly sideEffects?: readonly SideEffect[];
}

/** A trigger of a table, or a foreign key that refers to it and acts by itself. */
export interface SideEffect {
  readonly table: string;
  readonly name: string;
  /** the table that has the key, and its rules; absent for a trigger */
  readonly key?: { readonly child: string; readonly onDelete: string; readonly onUpdate: string };
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
}

export interface Column {
  readonly name: string;
  /** COLUMN_TYPE, for example `varchar(255)` or `int(11)` */
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
}

/** `api` for the API database, otherwise the UUID of a cell. */
export type DatabaseId = string;

export const apiDatabaseId: DatabaseId = 'api';
