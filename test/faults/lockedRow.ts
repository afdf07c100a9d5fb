import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';
import type { Stage } from './stage';

/** A session of somebody else. */
export async function otherSession({ cloud }: Stage): Promise<Connection> {
  const { host, port, user, password } = cloud.database;
  return createConnection({ host, port, user, password, database: 'nova_cell1' });
}

/** A session that holds a row to which the plan comes late. */
export async function heldRow(stage: Stage): Promise<Connection> {
  const other = await otherSession(stage);
  await other.query('START TRANSACTION');
  await other.query(`SELECT * FROM instance_extra WHERE instance_uuid = '${stage.subject.uuid}' FOR UPDATE`);
  return other;
}

/** Resolves when some session waits for a row. */
export async function waiting({ cloud }: Stage): Promise<void> {
  while ((await cloud.sql('SELECT 1 FROM information_schema.INNODB_LOCK_WAITS')).length === 0) {
    await sleep(100);
  }
}
