import * as l10n from '@vscode/l10n';
import { literal } from '../../cleanup/literal';
import { rootOf } from '../../cleanup/tables';
import type { Connection } from '../../cloud/database/connection';
import { OperatorError } from '../../model/errors';
import { uuidsPlaceholder, type HistoryStatement, type HistoryUnit } from '../../model/history';
import { requireSchema } from '../context';
import { selectList } from '../savedRows';
import { requireNoSideEffects } from '../sideEffects';
import type { TableShape } from '../tableShape';
import { packed } from './chunkFile';
import { RowWriter } from './rowWriter';

/** What is known of a database before its first chunk. */
export interface ChunkPlace {
  readonly unit: HistoryUnit;
  readonly shapes: ReadonlyMap<string, TableShape>;
  /** the server can give the rows that a DELETE takes */
  readonly returning: boolean;
  /** most rows, and most bytes of their way back, in one transaction */
  readonly limits: { readonly rows: number; readonly bytes: number };
}

/** A chunk whose rows are deleted in a transaction that is open. */
export interface TakenChunk {
  /** of the instances that the guard took */
  readonly uuids: readonly string[];
  readonly rows: number;
  readonly tables: ReadonlyMap<string, number>;
  /** the statements that bring the rows back, parents first */
  readonly pieces: readonly Promise<Buffer>[];
}

/** The chunk is too large for one transaction; a smaller one may do. */
export class ChunkTooLargeError extends Error {
  override readonly name = 'ChunkTooLargeError';
}

/** Opens the transaction and deletes the rows of those of the instances that the guard takes. The caller ends it. */
export async function takeChunk(
  connection: Connection,
  place: ChunkPlace,
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<TakenChunk> {
  const { unit } = place;
  requireSchema(connection, unit.schema);
  // Rows are picked by their keys, so nothing that may appear beside them matters: fewer locks, and none on gaps.
  await connection.change('SET TRANSACTION ISOLATION LEVEL READ COMMITTED', signal);
  await connection.change('START TRANSACTION', signal);
  const filled = new Map([[uuidsPlaceholder, uuids.map((uuid) => literal(uuid))]]);
  const tables = new Map<string, number>();
  const pieces: Promise<Buffer>[] = [];
  let taken: readonly string[] = [];
  let [rows, bytes] = [0, 0];
  for (const statement of unit.statements) {
    const sql = fill(statement, filled);
    if (sql === undefined) continue;
    if (statement.kind === 'guard') {
      const { column } = rootOf(unit.database);
      taken = (await connection.query(sql, [], signal)).map((row) => String(row[column]));
      filled.set(
        uuidsPlaceholder,
        taken.map((uuid) => literal(uuid)),
      );
    } else if (statement.kind === 'ids') {
      const ids = (await connection.query(sql, [], signal)).map(({ id }) => literal(Number(id)));
      filled.set(`@${statement.table}`, ids);
    } else {
      const writer = await deleteRows(connection, place, statement, sql, signal);
      if (writer.rows === 0) continue;
      const text = writer.end();
      [rows, bytes] = [rows + writer.rows, bytes + text.length];
      requireSize(place, rows, bytes);
      tables.set(statement.table, writer.rows);
      const piece = packed(text).finally(() => writer.release());
      // Where the transaction fails nobody waits for it.
      piece.catch(() => undefined);
      pieces.unshift(piece);
    }
  }
  return { uuids: taken, rows, tables, pieces };
}

/** Rejects where the server itself would change more than the statements do. */
export async function requirePlain(
  connection: Connection,
  { schema, statements }: HistoryUnit,
): Promise<void> {
  for (const { kind, table } of statements) {
    if (kind === 'delete') await requireNoSideEffects(connection, schema, table, 'delete');
  }
}

/** The statement with its placeholders filled in; undefined when there is nothing to fill them with. */
function fill({ sql }: HistoryStatement, filled: ReadonlyMap<string, readonly string[]>): string | undefined {
  let isEmpty = false;
  const text = sql.replaceAll(/@\w+/g, (placeholder) => {
    const values = filled.get(placeholder) ?? [];
    isEmpty ||= values.length === 0;
    return values.join(', ');
  });
  return isEmpty ? undefined : text;
}

async function deleteRows(
  connection: Connection,
  { shapes, returning }: ChunkPlace,
  { table }: HistoryStatement,
  sql: string,
  signal?: AbortSignal,
): Promise<RowWriter> {
  const shape = shapes.get(table);
  if (!shape) throw new TypeError(`${table} was not looked at before`);
  let writer = new RowWriter(shape.name, []);
  const read = (text: string): Promise<void> =>
    connection.packets(
      text,
      (columns) => {
        writer = new RowWriter(shape.name, columns);
        return writer.take;
      },
      signal,
    );
  if (returning) {
    await read(`${sql}\nRETURNING ${selectList(shape)}`);
    return writer;
  }
  await read(`SELECT ${selectList(shape)} ${sql.slice('DELETE '.length)}\nFOR UPDATE`);
  const { affectedRows } = await connection.change(sql, signal);
  if (affectedRows !== writer.rows) {
    throw new OperatorError(
      'unexpected-count',
      l10n.t('{0} rows of {1} were saved, and {2} deleted.', writer.rows, shape.name, affectedRows),
      l10n.t('Run the plan again: what was there in between was rolled back.'),
    );
  }
  return writer;
}

function requireSize({ limits }: ChunkPlace, rows: number, bytes: number): void {
  if (rows > limits.rows || bytes > limits.bytes) throw new ChunkTooLargeError();
}
