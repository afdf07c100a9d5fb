import * as l10n from '@vscode/l10n';
import type { HistoryStatement } from '../../model/history';
import { tablesOf } from '../../model/instanceTables';
import { OperatorError } from '../../model/errors';
import { apiDatabaseId, type Schema } from '../../model/schema';
import { blockers } from '../deletionOrder';
import { directive, planVersion, unitDirective } from '../directives';
import { stop } from '../guards';
import { prose, remark, stopRemark } from '../prose';
import { sideEffectRefusal } from '../sideEffects';
import { hasColumn } from '../tables';
import { apiStatements, cellStatements } from './statements';

export interface HistoryHeader {
  readonly cloud: string;
  readonly cells: readonly string[];
  readonly id: string;
  /** ISO 8601, UTC */
  readonly drafted: string;
  readonly scanned: string;
}

/** What a cell has that may go, and what stays for which reason. */
export interface HistoryOfCell {
  readonly cell: string;
  readonly name: string;
  /** `cell_mappings.id` */
  readonly id: number;
  readonly schema: Schema;
  readonly before: string;
  readonly from: number;
  readonly to: number;
  readonly instances: number;
  readonly kept: readonly { readonly reason: string; readonly instances: number }[];
}

/** Most instances in one transaction: some 24,000 rows, which a server deletes in less than a second. */
export const chunkSize = 1000;

/** The plan that deletes soft-deleted history for good. Throws an OperatorError for what must not be deleted. */
export function historyDocument(
  header: HistoryHeader,
  api: Schema,
  histories: readonly HistoryOfCell[],
): string {
  const { cloud, cells, id, drafted, scanned } = header;
  const head = [
    remark(
      l10n.t(
        'OpenStack Zombies plan for soft-deleted history. Nothing has been changed yet. Read it, then run it.',
      ),
    ),
    directive('plan', { version: planVersion, cloud, cells, id, drafted, scanned, purpose: 'history' }),
    remark(l10n.t('Each section is done chunk by chunk. @uuids stands for the instances of a chunk.')),
    remark(
      l10n.t('The rows of each chunk are saved on this machine before it is committed, and can be restored.'),
    ),
    stopRemark(),
    stop(id),
  ];
  const sections = histories.map((history) => sectionLines(history, api));
  return [head, ...sections].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** What stands in the plan for one cell, by its database and that of the API. */
export function unitsOf(
  { cell, id, schema, before }: Pick<HistoryOfCell, 'cell' | 'id' | 'schema' | 'before'>,
  api: Schema,
): readonly (readonly [database: string, schema: Schema, statements: readonly HistoryStatement[]])[] {
  requireKnown(schema);
  const units = [
    [cell, schema, cellStatements(schema, cell, before)],
    [apiDatabaseId, api, apiStatements(api, id)],
  ] as const;
  for (const [, of, statements] of units) requireNoSideEffects(of, statements);
  return units;
}

function sectionLines(history: HistoryOfCell, api: Schema): string[] {
  const { cell, name, before, from, to, instances, kept } = history;
  return [
    directive('history', { cell, name, before, from, to, instances, chunk: chunkSize }),
    ...kept.map(({ reason, instances: count }) => prose(l10n.t('stays'), l10n.t('{0}: {1}', reason, count))),
    ...unitsOf(history, api).flatMap(([database, schema, statements]) => [
      unitDirective(database, schema.name),
      'START TRANSACTION;',
      ...statements.flatMap((statement) => [remark(wordsOf(statement, database)), `${statement.sql};`]),
      'COMMIT;',
    ]),
  ];
}

function wordsOf({ kind, table }: HistoryStatement, database: string): string {
  const isApi = database === apiDatabaseId;
  if (kind === 'guard') {
    return isApi
      ? l10n.t('those of the chunk that are mapped to this cell; only these go on')
      : l10n.t('those of the chunk that are still so; only these go on');
  }
  if (kind === 'ids') return l10n.t('their ids stand for @{0} below', table);
  const entry = tablesOf(isApi ? 'api' : 'cell').find((each) => each.table === table);
  return entry?.content ?? l10n.t('the instances');
}

function requireKnown(schema: Schema): void {
  const unknown = blockers(schema);
  if (unknown.length > 0) {
    throw refused(
      l10n.t('Tables refer to instances that this extension does not know: {0}.', unknown.join(', ')),
    );
  }
  const missing = ['uuid', 'deleted', 'deleted_at', 'cleaned', 'host'].filter(
    (column) => !hasColumn(schema, 'instances', column),
  );
  if (missing.length > 0) {
    throw refused(l10n.t('The table instances of {0} has no column {1}.', schema.name, missing.join(', ')));
  }
}

function requireNoSideEffects(schema: Schema, statements: readonly HistoryStatement[]): void {
  for (const { kind, table } of statements) {
    const refusal = kind === 'delete' && sideEffectRefusal(schema.sideEffects ?? [], table, 'delete');
    if (refusal) throw refusal;
  }
}

function refused(message: string): OperatorError {
  return new OperatorError(
    'plan-refused',
    message,
    l10n.t('Its history is left to nova-manage db archive_deleted_rows.'),
  );
}
