import { json } from 'node:stream/consumers';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { parse } from '../../../src/cleanup/parse';
import type { HistorySection, HistoryUnit } from '../../../src/model/history';
import type { BareOrder } from './order';

/**
 * The deletes of a plan for the history and nothing else: the same statements over the same connections in the largest
 * chunks that the plan allows, without guards, without locks on what is read, and without a way back.
 */
async function main(): Promise<void> {
  const { plan, ...server } = (await json(process.stdin)) as BareOrder;
  const began = performance.now();
  for (const section of parse(plan).histories) {
    const middle = Math.floor((section.from + section.to) / 2);
    await Promise.all([
      deleteRange(server, section, section.from, middle),
      deleteRange(server, section, middle + 1, section.to),
    ]);
  }
  process.stdout.write(String((performance.now() - began) / 1000));
}

async function deleteRange(
  server: Omit<BareOrder, 'plan'>,
  { units, chunk }: HistorySection,
  from: number,
  to: number,
): Promise<void> {
  const [inCell, inApi] = units;
  if (!inCell || !inApi) throw new Error('the plan has no units');
  const cell = await open(server, inCell);
  const api = await open(server, inApi);
  for (let next = from; ;) {
    const [found] = await cell.query<RowDataPacket[]>(
      `SELECT id, uuid FROM instances FORCE INDEX (PRIMARY)
        WHERE deleted <> 0 AND id BETWEEN ${next} AND ${to} ORDER BY id LIMIT ${chunk}`,
    );
    const last = found.at(-1);
    if (!last) break;
    const uuids = found.map(({ uuid }) => `'${String(uuid)}'`).join(', ');
    await deleteChunk(cell, inCell, uuids);
    await deleteChunk(api, inApi, uuids);
    next = Number(last.id) + 1;
  }
  await Promise.all([cell.end(), api.end()]);
}

async function open(server: Omit<BareOrder, 'plan'>, { schema }: HistoryUnit): Promise<Connection> {
  const connection = await createConnection({ ...server, database: schema });
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  await connection.query('SET SESSION in_predicate_conversion_threshold = 0');
  return connection;
}

/** Another session may be in the way, as it may for the product. */
async function deleteChunk(connection: Connection, unit: HistoryUnit, uuids: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await deleteOnce(connection, unit, uuids);
    } catch (error) {
      if ((error as { errno?: number }).errno !== 1213 || tries > 4) throw error;
    }
  }
}

async function deleteOnce(connection: Connection, { statements }: HistoryUnit, uuids: string): Promise<void> {
  const filled = new Map([['@uuids', uuids]]);
  await connection.query('START TRANSACTION');
  for (const { kind, table, sql } of statements) {
    const text = sql.replaceAll(/@\w+/g, (placeholder) => filled.get(placeholder) ?? '');
    if (kind === 'ids') {
      const [ids] = await connection.query<RowDataPacket[]>(text.replace(/ FOR UPDATE$/, ''));
      filled.set(`@${table}`, ids.map(({ id }) => String(id)).join(', '));
    } else if (kind === 'delete' && !text.endsWith('()')) {
      await connection.query(text);
    }
  }
  await connection.query('COMMIT');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
