import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../cloud/database/connection';
import { OperatorError } from '../../model/errors';
import type { RestoreChunk } from '../../model/history';
import type { Plan, PlanHeader } from '../../model/plan';
import { apiDatabaseId } from '../../model/schema';
import type { SectionReport } from '../../model/report';
import { requireSchema, type RunContext, type RunPlanOptions } from '../context';
import type { Journal } from '../journal';
import { readJournal } from '../readJournal';
import type { RunLock } from '../runLock';
import { requireOrigin } from '../wayBack';
import { readChunkFile, type ChunkContent } from './chunkFile';
import { settled, witnessOf } from './commitChunk';
import { savedChunks } from './savedChunks';
import { Tally } from './tally';
import { Link, withTries } from './tries';

/** Rejects at the first line that is not of a file that the run wrote and that was committed or rolled back. */
export async function requireChunks({ header, chunks }: Plan, folder: string): Promise<void> {
  if (!header?.run) return;
  const lines = await readJournal(folder, header.run);
  requireOrigin(header, lines);
  const saved = savedChunks(lines, ['committed', 'void']);
  for (const chunk of chunks) {
    const own = saved.find(({ fragment }) => fragment === chunk.file);
    const isOwn =
      own?.database === chunk.database &&
      own.chunk.schema === chunk.schema &&
      own.chunk.rows === chunk.rows &&
      own.chunk.sha256 === chunk.sha256;
    if (!isOwn) {
      throw new OperatorError(
        'plan-refused',
        l10n.t('The file {0} is not one that the run {1} saved so.', chunk.file, header.run),
        l10n.t('Open the restore plan of the run again. Whole lines may be left out, nothing else changed.'),
      );
    }
  }
}

interface LoadGround {
  readonly context: RunContext;
  readonly journal: Journal;
  readonly lock: RunLock;
}

/** Brings the rows back, file by file, each in one transaction. The first that fails ends the run. */
export async function loadChunks(
  { header, chunks }: { readonly header: PlanHeader; readonly chunks: readonly RestoreChunk[] },
  ground: LoadGround,
  { signal, onProgress }: RunPlanOptions,
): Promise<SectionReport[]> {
  const tally = new Tally();
  const links = new Map(chunks.map(({ database }) => [database, new Link(ground.context, database)]));
  const started = performance.now();
  const total = chunks.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  let problem: unknown;
  try {
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      await ground.lock.check();
      onProgress?.(done, total, l10n.t('{0}: {1} of {2} rows', chunk.file, done, total));
      const content = await readChunkFile(join(ground.context.folder, header.run ?? ''), chunk);
      const link = links.get(chunk.database) ?? new Link(ground.context, chunk.database);
      await withTries(
        link,
        ground.context,
        (connection) => loadChunk(connection, chunk, content, ground, signal),
        signal,
      );
      tally.add(chunk.database, {
        schema: chunk.schema,
        instances: 0,
        tables: new Map([[l10n.t('all tables'), chunk.rows]]),
      });
      done += chunk.rows;
    }
  } catch (error) {
    problem = error;
  } finally {
    await Promise.all([...links.values()].map((link) => link.close()));
  }
  const milliseconds = Math.round(performance.now() - started);
  return reports(chunks, tally, milliseconds, problem);
}

/** Inserts the rows of a file: all of them, or none. */
export async function insertChunk(
  connection: Connection,
  { schema, rows, file }: RestoreChunk,
  { statements }: ChunkContent,
  signal?: AbortSignal,
): Promise<void> {
  requireSchema(connection, schema);
  await connection.change('START TRANSACTION', signal);
  let inserted = 0;
  for (const statement of statements) inserted += (await connection.change(statement, signal)).affectedRows;
  if (inserted !== rows) {
    throw new OperatorError(
      'unexpected-count',
      l10n.t('{0} brought back {1} rows in place of {2}.', file, inserted, rows),
      l10n.t('Nothing of the file was kept. Look whether the server ignores rows.'),
    );
  }
}

async function loadChunk(
  connection: Connection,
  chunk: RestoreChunk,
  content: ChunkContent,
  { context, journal }: LoadGround,
  signal?: AbortSignal,
): Promise<void> {
  await insertChunk(connection, chunk, content, signal);
  const { database, schema, rows, sha256, file: of } = chunk;
  const fragment = journal.nextFragment(schema);
  const witness = witnessOf(chunk, content.uuids, 1);
  const instances = database === apiDatabaseId ? 0 : content.uuids.length;
  const saved = { schema, rows, sha256, instances, of };
  const section = { uuid: database, name: schema };
  await journal.prepare(section, { database, fragment, witness, chunk: saved }, `-- ${of}\n`);
  await settled(chunk, { witness, fragment }, connection, context, journal);
}

function reports(
  chunks: readonly RestoreChunk[],
  tally: Tally,
  milliseconds: number,
  problem: unknown,
): SectionReport[] {
  const first = new Map(chunks.toReversed().map((chunk) => [chunk.database, chunk]));
  const outcome =
    problem === undefined ? 'done' : OperatorError.is(problem, 'outcome-unknown') ? 'unknown' : 'failed';
  return [...first.values()].map(({ database, schema, span }) =>
    tally.report({ cell: database, name: schema, span }, 'done', outcome, milliseconds, problem),
  );
}
