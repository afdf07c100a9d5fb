import type { Connection } from '../cloud/database/connection';
import type { Clock } from '../model/ports';
import { timeOf } from './values';

/**
 * Milliseconds by which this machine's clock is ahead of the server's, negative when it is behind; 0 as long as what
 * was asked between two looks at our clock may be the same time.
 */
export async function clockDifference(
  connection: Connection,
  clock: Clock,
  signal?: AbortSignal,
): Promise<number> {
  const before = clock.now().getTime();
  const [row] = await connection.query('SELECT UTC_TIMESTAMP(6) AS now', [], signal);
  const server = Date.parse(timeOf(row?.now) ?? '');
  if (server < before) return before - server;
  return Math.min(0, clock.now().getTime() - server) || 0;
}
