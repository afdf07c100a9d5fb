import { OperatorError } from '../../model/errors';
import type { Connection, Row } from './connection';

/** One stream of changes that a server takes over from another. */
export interface Channel {
  /** both of its threads run */
  readonly running: boolean;
  /** seconds; undefined when the server does not know */
  readonly behind: number | undefined;
}

/** What a server says of itself as a replica. */
export interface Replication {
  /** for everybody but administrators */
  readonly readOnly: boolean;
  /** none: it is no replica; undefined: the account may not see whether it is one */
  readonly channels: readonly Channel[] | undefined;
}

export async function readReplication(connection: Connection, signal?: AbortSignal): Promise<Replication> {
  const [row] = await connection.query('SELECT @@global.read_only AS ro, VERSION() AS version', [], signal);
  // MariaDB 12 has words in place of 0 and 1
  const readOnly = !['0', 'OFF'].includes(String(row?.ro));
  try {
    const rows = await connection.query(statusOf(String(row?.version)), [], signal);
    return { readOnly, channels: rows.map(channelOf) };
  } catch (error) {
    if (OperatorError.is(error, 'permission-denied')) return { readOnly, channels: undefined };
    throw error;
  }
}

/** MariaDB tells of all channels only when it is asked for all; MySQL has the new word since 8.0.22. */
function statusOf(version: string): string {
  if (/mariadb/i.test(version)) return 'SHOW ALL SLAVES STATUS';
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const isOld = major < 8 || (major === 8 && minor === 0 && patch < 22);
  return isOld ? 'SHOW SLAVE STATUS' : 'SHOW REPLICA STATUS';
}

function channelOf(row: Row): Channel {
  const threads = [
    row.Slave_IO_Running ?? row.Replica_IO_Running,
    row.Slave_SQL_Running ?? row.Replica_SQL_Running,
  ];
  const behind = row.Seconds_Behind_Master ?? row.Seconds_Behind_Source;
  return {
    running: threads.every((state) => state === 'Yes'),
    behind: typeof behind === 'number' ? behind : undefined,
  };
}
