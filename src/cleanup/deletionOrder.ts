import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { Schema } from '../model/schema';
import { presentTables } from './tables';

/**
 * The tables that refer to `root` by foreign keys, directly or through each other, children first and `root` last.
 * Throws an OperatorError when they refer to each other in a circle.
 */
export function deletionOrder(schema: Schema, root: string): string[] {
  const children = childrenByParent(schema);
  const done = new Set<string>();
  const visit = (table: string, path: readonly string[]): void => {
    if (path.includes(table)) throw circle([...path.slice(path.indexOf(table)), table]);
    if (done.has(table)) return;
    for (const child of children.get(table) ?? []) visit(child, [...path, table]);
    done.add(table);
  };
  visit(root, []);
  return [...done];
}

/**
 * Tables whose foreign keys stand in the way of removing an instance and of which nobody has declared what to do
 * with them: those that refer to `instances`, or to a table whose rows are deleted with it.
 */
export function blockers(schema: Schema): string[] {
  const declared = new Map(presentTables(schema, 'cell').map((entry) => [entry.table, entry]));
  const children = childrenByParent(schema);
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (table: string): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const child of children.get(table) ?? []) {
      const treatment = declared.get(child)?.treatment;
      if (treatment === undefined && child !== 'instances') found.add(child);
      if (treatment === 'delete') visit(child);
    }
  };
  if (schema.tables.has('instances')) visit('instances');
  return [...found].sort();
}

/** A plan asks for the same schema once per instance. */
const known = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

/** Tables by the table that their foreign keys refer to; by name, so that every server gives the same order. */
function childrenByParent(schema: Schema): ReadonlyMap<string, readonly string[]> {
  const found = known.get(schema) ?? findChildren(schema);
  known.set(schema, found);
  return found;
}

function findChildren(schema: Schema): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const table of [...schema.tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const parent of new Set(table.foreignKeys.map((key) => key.referencedTable))) {
      children.set(parent, [...(children.get(parent) ?? []), table.name]);
    }
  }
  return children;
}

function circle(tables: readonly string[]): OperatorError {
  return new OperatorError(
    'plan-refused',
    l10n.t('The foreign keys of these tables form a circle: {0}.', tables.join(', ')),
    l10n.t('No order of deletion fits them. Remove one of the keys, or clean up this database by hand.'),
  );
}
