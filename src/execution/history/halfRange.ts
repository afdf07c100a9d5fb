import { identifier } from '../../cleanup/literal';
import type { HistorySection } from '../../model/history';
import { withDatabase, type RunContext } from '../context';
import type { IdRange } from './candidates';
import type { ReadySection } from './ready';

/** Connections side by side: more gave nothing over two where this was measured. */
export async function rangesOf(
  { section, schema }: ReadySection,
  context: RunContext,
  signal?: AbortSignal,
): Promise<readonly IdRange[]> {
  const { cell, from, to } = section;
  const middle = await withDatabase(
    context,
    cell,
    async (connection) => {
      const sql = `SELECT id FROM ${identifier(schema.name)}.instances
        WHERE id BETWEEN ? AND ? AND deleted <> 0 ORDER BY id LIMIT 1 OFFSET ${Math.floor(instancesOf(section) / 2)}`;
      const [row] = await connection.query(sql, [from, to], signal);
      return row === undefined ? undefined : Number(row.id);
    },
    signal,
    'rehearsal',
  );
  return middle === undefined || middle <= from
    ? [{ from, to }]
    : [
        { from, to: middle - 1 },
        { from: middle, to },
      ];
}

function instancesOf({ instances, from, to }: HistorySection): number {
  return Math.min(instances, to - from + 1);
}
