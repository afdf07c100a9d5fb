import * as l10n from '@vscode/l10n';
import type { StatementKind } from '../../model/plan';
import type { Span } from '../../model/span';
import { trailing } from './condition';
import { findReferences } from './references';
import type { Token } from './scan';
import { refusal } from './vocabulary';

/** A statement as far as its tokens tell. */
export interface Analysis {
  readonly kind: StatementKind;
  /** the table that is changed */
  readonly table?: string;
  /** insert-select: the table that is read */
  readonly from?: string;
  /** update: the tokens between SET and WHERE */
  readonly set?: readonly Token[];
  /** the tokens after WHERE */
  readonly where?: readonly Token[];
}

/** Keywords and where they stand, counted from 0. */
const deletionWords = [
  [1, 'FROM'],
  [3, '.'],
  [5, 'WHERE'],
] as const;
const updateWords = [
  [2, '.'],
  [4, 'SET'],
] as const;
const insertionWords = [
  [1, 'INTO'],
  [3, '.'],
  [5, '('],
] as const;
const sourceWords = [
  [2, '.'],
  [4, 'WHERE'],
] as const;

export type Report = (message: string, span: Span) => void;

/** The kind of a statement and its parts; undefined when it is none that a plan may hold. Reports what is wrong. */
export function analyse(tokens: readonly Token[], schema: string, report: Report): Analysis | undefined {
  for (let index = 0; index < tokens.length; index++) {
    const message = refusal(tokens, index);
    const token = tokens[index];
    if (message !== undefined && token) report(message, token);
  }
  const references = findReferences(tokens);
  if (references.problem) report(references.problem.message, references.problem.token);
  for (const reference of references.tables) {
    if (reference.schema.text !== schema) {
      report(l10n.t('This unit runs in the schema {0} and touches no other.', schema), reference.schema);
    }
  }
  return shape(tokens, report);
}

function shape(tokens: readonly Token[], report: Report): Analysis | undefined {
  const head = tokens[0];
  if (!head) return undefined;
  if (head.keyword === 'SELECT') return { kind: 'select' };
  if (head.keyword === 'DELETE') return deletion(tokens, head, report);
  if (head.keyword === 'UPDATE') return update(tokens, head, report);
  if (head.keyword === 'INSERT') return insertion(tokens, head, report);
  report(l10n.t('Only SELECT, DELETE, UPDATE and INSERT may stand in a plan.'), head);
  return undefined;
}

function deletion(tokens: readonly Token[], head: Token, report: Report): Analysis | undefined {
  if (!hasKeywords(tokens, deletionWords)) {
    report(l10n.t('Write DELETE FROM schema.table WHERE ..., for one table.'), head);
    return undefined;
  }
  return { kind: 'delete', ...tableAt(tokens, 4), where: whereFrom(tokens, 5, head, report) };
}

function update(tokens: readonly Token[], head: Token, report: Report): Analysis | undefined {
  const where = topLevel(tokens, 'WHERE');
  if (!hasKeywords(tokens, updateWords) || where < 0) {
    report(l10n.t('Write UPDATE schema.table SET ... WHERE ..., for one table.'), head);
    return undefined;
  }
  const set = tokens.slice(5, where);
  return { kind: 'update', ...tableAt(tokens, 3), set, where: whereFrom(tokens, where, head, report) };
}

function insertion(tokens: readonly Token[], head: Token, report: Report): Analysis | undefined {
  const close = tokens.findIndex((token) => token.keyword === ')');
  const next = tokens[close + 1]?.keyword;
  if (!hasKeywords(tokens, insertionWords) || close < 0) {
    report(l10n.t('Write INSERT INTO schema.table (columns) SELECT ...'), head);
    return undefined;
  }
  if (next === 'VALUES') return { kind: 'insert', ...tableAt(tokens, 4) };
  const from = topLevel(tokens, 'FROM');
  if (next !== 'SELECT' || !hasKeywords(tokens.slice(from), sourceWords)) {
    report(
      l10n.t('Write INSERT INTO schema.table (columns) SELECT columns FROM schema.table WHERE ...'),
      head,
    );
    return undefined;
  }
  const source = tokens[from + 3]?.text;
  return {
    kind: 'insert-select',
    ...tableAt(tokens, 4),
    ...(source === undefined ? {} : { from: source }),
    where: whereFrom(tokens, from + 4, head, report),
  };
}

function whereFrom(tokens: readonly Token[], index: number, head: Token, report: Report): readonly Token[] {
  const where = tokens.slice(index + 1);
  if (where.length === 0) report(l10n.t('This change has no condition.'), head);
  let depth = 0;
  for (const token of where) {
    if (token.keyword === '(') depth++;
    if (token.keyword === ')') depth--;
    if (depth === 0 && trailing.has(token.keyword))
      report(l10n.t('{0} has no place in a change.', token.keyword), token);
    if (depth < 0) report(l10n.t('This parenthesis closes nothing.'), token);
  }
  if (depth > 0) report(l10n.t('A parenthesis is never closed.'), head);
  return where;
}

function tableAt(tokens: readonly Token[], index: number): { readonly table?: string } {
  const table = tokens[index]?.text;
  return table === undefined ? {} : { table };
}

function topLevel(tokens: readonly Token[], keyword: string): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.keyword === '(') depth++;
    if (token.keyword === ')') depth--;
    return depth === 0 && token.keyword === keyword;
  });
}

function hasKeywords(
  tokens: readonly Token[],
  expected: readonly (readonly [index: number, keyword: string])[],
): boolean {
  return expected.every(([index, keyword]) => tokens[index]?.keyword === keyword);
}
