import { userInfo } from 'node:os';
import { createConnection } from 'mysql2/promise';
import type { GaleraNode } from './node';

export interface Held {
  release(): Promise<void>;
}

/** Keeps a node from applying what the others write; once it is behind by so many it makes them wait. */
export async function holdBack(node: GaleraNode, most: number): Promise<Held> {
  await node.sql(`SET GLOBAL wsrep_provider_options = 'gcs.fc_limit=${most}'`);
  const connection = await createConnection({ socketPath: node.socketPath, user: userInfo().username });
  await connection.query('LOCK TABLES nova_cell1.instances READ');
  return {
    release: async () => {
      await connection.end();
      await node.sql("SET GLOBAL wsrep_provider_options = 'gcs.fc_limit=16'");
    },
  };
}
