import * as l10n from '@vscode/l10n';
import type { Token } from './scan';

export interface TableReference {
  readonly schema: Token;
  readonly table: Token;
}

export interface References {
  readonly tables: readonly TableReference[];
  /** the first place where a table should be written as schema.table and is not */
  readonly problem?: { readonly message: string; readonly token: Token };
}

/** Keywords that end a list of tables. Each is reserved on every server: none can be a name. */
const listEnds = new Set([
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'FOR',
  'LOCK',
  'SET',
  'SELECT',
  'VALUES',
]);

/**
 * Every table that a statement names, at any depth: after FROM, JOIN, INSERT INTO, at the head of an UPDATE, and
 * after the commas of a FROM.
 */
export function findReferences(tokens: readonly Token[]): References {
  const tables: TableReference[] = [];
  const lists: boolean[] = [];
  let inList = false;
  let expected = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.keyword === '(') {
      lists.push(inList);
      inList = expected;
    } else if (token.keyword === ')') {
      inList = lists.pop() ?? false;
      expected = false;
    } else if (token.keyword === ',') {
      expected = inList;
    } else if (token.kind === 'word' && opensTable(tokens, index)) {
      inList ||= token.keyword === 'FROM';
      expected = true;
    } else if (token.kind === 'word' && listEnds.has(token.keyword)) {
      inList = false;
      expected = false;
    } else if (expected) {
      const reference = referenceAt(tokens, index);
      if (!reference)
        return { tables, problem: { message: l10n.t('Write this table as schema.table.'), token } };
      tables.push(reference);
      expected = false;
      index += 2;
    }
  }
  return { tables };
}

function opensTable(tokens: readonly Token[], index: number): boolean {
  const keyword = tokens[index]?.keyword;
  if (keyword === 'FROM' || keyword === 'JOIN' || keyword === 'STRAIGHT_JOIN') return true;
  return (index === 0 && keyword === 'UPDATE') || (index === 1 && keyword === 'INTO');
}

function referenceAt(tokens: readonly Token[], index: number): TableReference | undefined {
  const schema = tokens[index];
  const table = tokens[index + 2];
  if (!schema || !table || !isName(schema) || !isName(table)) return undefined;
  const dotted = tokens[index + 1]?.keyword === '.' && tokens[index + 3]?.keyword !== '.';
  return dotted ? { schema, table } : undefined;
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name';
}
