import type { Connection } from '../cloud/database/connection';
import type { Clock } from '../model/ports';
import { timeOf } from './values';

/**
 * Milliseconds by which this machine's clock is ahead of the server's; 0 when it is not. Ages are counted from the
 * earlier of the two: a clock that is ahead would make a delete of a moment ago look stuck.
 */
export async function clockAhead(
  connection: Connection,
  clock: Clock,
  signal?: AbortSignal,
): Promise<number> {
  const before = clock.now().getTime();
  const [row] = await connection.query('SELECT UTC_TIMESTAMP(6) AS now', [], signal);
  const server = Date.parse(timeOf(row?.now) ?? '');
  return Number.isNaN(server) ? 0 : Math.max(0, before - server);
}
