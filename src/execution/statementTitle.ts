import type { Statement } from '../model/plan';

/**
 * What reports, messages and the log call the statement. The values of an INSERT or UPDATE may be secrets and are left
 * out: restore plans hold what the rows held.
 */
export function statementTitle({ kind, sql, where = '' }: Statement): string {
  switch (kind) {
    case 'insert':
      return oneLine(sql.slice(0, sql.indexOf('(')));
    case 'update':
      return oneLine(`${sql.split(/\sSET\s/i, 1)[0] ?? ''} WHERE ${where}`);
    default:
      return oneLine(sql);
  }
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
