import * as l10n from '@vscode/l10n';
import type { RestoreChunk } from '../../model/history';
import { apiDatabaseId, type DatabaseId } from '../../model/schema';
import { isUuid } from '../../model/uuid';
import { directive, planVersion } from '../directives';
import { stop } from '../guards';
import { remark, stopRemark } from '../prose';
import { numberOf, textOf, type Directive } from '../readDirective';
import type { Read } from '../readSteps';
import type { RestoreHeader } from '../restore';

/** The plan that brings back what a run deleted of the history: a line for each file, the last of the run first. */
export function historyRestoreDocument(
  { cloud, cells, id, run, drafted, rolledBack }: RestoreHeader,
  chunks: readonly Omit<RestoreChunk, 'span'>[],
): string {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  return [
    remark(l10n.t('OpenStack Zombies restore plan. Nothing has been changed yet. Read it, then run it.')),
    directive('plan', {
      ...{ version: planVersion, cloud, cells, id, drafted, scanned: drafted },
      ...{ purpose: 'restore', run },
    }),
    remark(l10n.t('{0} rows in {1} files, each loaded in a transaction of its own', rows, chunks.length)),
    ...rolledBack.map((file) =>
      remark(
        l10n.t(
          'Left out, for the database said that it was rolled back: {0} in the folder of the run.',
          file,
        ),
      ),
    ),
    stopRemark(),
    stop(id),
    '',
    ...chunks.map(chunkDirective),
    '',
  ].join('\n');
}

function chunkDirective({ file, database, schema, rows, sha256 }: Omit<RestoreChunk, 'span'>): string {
  const where = database === apiDatabaseId ? { database } : { cell: database };
  return directive('chunk', { file, ...where, schema, rows, sha256 });
}

export function readChunk(directive: Directive): Read<RestoreChunk> {
  const [file, cell, api] = ['file', 'cell', 'database'].map((key) => textOf(directive, key));
  const database: DatabaseId | undefined = cell === '' ? api : api === '' ? cell : undefined;
  if (!file || !/^[\w-]+\.sql\.gz$/.test(file))
    return l10n.t('file is the name of a file in the folder of the run.');
  if (database === undefined || (database !== apiDatabaseId && !isUuid(database)))
    return l10n.t('A chunk is for cell="UUID" or for database="api".');
  return {
    file,
    database,
    schema: textOf(directive, 'schema'),
    rows: numberOf(directive, 'rows'),
    sha256: textOf(directive, 'sha256'),
    span: directive.span,
  };
}
