import type { DatabaseContent } from '../model/content';
import type { InstanceTable } from '../model/instanceTables';
import { deletionOrder } from './deletionOrder';
import { identifier, literal } from './literal';
import { hasColumn, presentTables, rootOf } from './tables';

/** The instance that is changed in one database. */
export interface Target {
  readonly uuid: string;
  readonly content: DatabaseContent;
}

/** One statement that changes rows, and how many of them. */
export interface Change {
  /** the table whose rows of the instance are meant; a copy reads them */
  readonly table: string;
  /** for people: what is in the table */
  readonly content: string;
  readonly rows: number;
  readonly sql: string;
  /** the rows are read here and stay as they are */
  readonly copies?: true;
}

/** A table with rows of the instance; `live` are those with deleted = 0. */
export interface Found {
  readonly entry: InstanceTable;
  readonly rows: number;
  readonly live: number;
}

/** Tables with rows of the instance, but the root: those without foreign keys first, then children before parents. */
export function tablesWithRows({ content }: Target): Found[] {
  const root = rootOf(content.database).table;
  const order = deletionOrder(content.schema, root);
  return presentTables(content.schema, content.database)
    .filter((entry) => entry.table !== root)
    .map((entry) => ({
      entry,
      rows: content.counts.get(entry.table) ?? 0,
      live: hasColumn(content.schema, entry.table, 'deleted')
        ? (content.counts.get(`${entry.table}:live`) ?? 0)
        : 0,
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => order.indexOf(a.entry.table) - order.indexOf(b.entry.table));
}

export function qualified(content: DatabaseContent, table: string): string {
  return `${identifier(content.schema.name)}.${identifier(table)}`;
}

/** The condition that picks the instance's rows of a table. */
export function condition({ content, uuid }: Target, { column, through }: InstanceTable): string {
  if (!through) return `${identifier(column)} = ${literal(uuid)}`;
  const ids = content.ids?.get(through.table);
  const list = ids
    ? ids.map((id) => literal(id)).join(', ')
    : `SELECT id FROM ${qualified(content, through.table)} WHERE ${identifier(through.column)} = ${literal(uuid)}`;
  return `${identifier(column)} IN (${list})`;
}

/** The condition that picks the root's row: of `instances` or of `instance_mappings`. */
export function rootCondition({ content, uuid }: Target): string {
  return `${identifier(rootOf(content.database).column)} = ${literal(uuid)}`;
}
