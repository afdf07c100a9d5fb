import * as l10n from '@vscode/l10n';
import type { DatabaseId } from '../model/schema';
import { commaList, matches } from './sql/condition';
import type { Token } from './sql/scan';
import type { Analysis, Report } from './sql/statement';
import { declarationsOf, rootOf } from './tables';

/**
 * What an UPDATE may set: any column but those by which a row is known. A row that is given another id or another
 * UUID would become part of another instance; NULL takes it away from its own.
 */
export function checkAssignments(
  { table = '', set = [] }: Analysis,
  database: DatabaseId,
  report: Report,
): void {
  const names = namingColumns(table, database);
  for (const assignment of commaList(set)) {
    const [column, equals, ...value] = assignment;
    if (!column || equals?.keyword !== '=' || !isName(column)) {
      const at = column ?? set[0];
      if (at) report(l10n.t('Write what is set as column = value.'), at);
    } else if (names.has(column.text.toLowerCase()) && !matches(value, ['NULL'])) {
      report(l10n.t('{0} says whose row it is, and is only set to NULL.', column.text), column);
    }
  }
}

/** In lower case: the server does not tell the case of columns apart. */
function namingColumns(table: string, database: DatabaseId): ReadonlySet<string> {
  const entries = declarationsOf(database, table);
  const root = rootOf(database);
  return new Set([
    'id',
    ...entries.map(({ column }) => column),
    ...(table === root.table ? [root.column] : []),
  ]);
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'name';
}
