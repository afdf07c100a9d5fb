import { loadSchema } from '../../cloud/demoCloud';
import type { Database } from '../../cloud/database/mariadb';
import type { Lab } from '../work';
import { apiRows, placementRows } from './api';
import { cellRows } from './cell';

export const sizes = { small: 10_000, middle: 100_000, million: 1_000_000 } as const;

/** Raised with every change of the rows that are made. */
const version = 1;

/** Everything fits into the server's memory, as it does where servers are sized for their data. */
const args = ['--innodb-buffer-pool-size=4G'];

const unchecked =
  "SET unique_checks = 0, foreign_key_checks = 0, sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')";

/**
 * A cloud without hosts that answer: one cell with so many instances, of which a tenth are live and the others
 * soft-deleted.
 */
export async function cloudOf(lab: Lab, count: number): Promise<Database> {
  const server = await lab.server({
    name: `cloud-${count}`,
    stamp: `${count} instances, version ${version}`,
    args,
    fill: async (empty) => {
      await loadSchema(empty, 'nova_api', 'epoxy', 'nova_api');
      await loadSchema(empty, 'nova_cell0', 'epoxy', 'nova');
      await loadSchema(empty, 'nova_cell1', 'epoxy', 'nova');
      await loadSchema(empty, 'placement', 'epoxy', 'placement');
      const api = apiRows(count, 'mysql+pymysql://nova@127.0.0.1');
      await Promise.all([
        fill(empty, 'nova_cell1', cellRows(count)),
        fill(empty, 'nova_api', api).then(() => fill(empty, 'placement', placementRows(count))),
      ]);
    },
  });
  await settle(server);
  return server;
}

async function fill(server: Database, schema: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await server.sql(`${unchecked}; ${statement}`, schema);
  const filled = statements.flatMap((statement) => /^INSERT INTO (\w+)/.exec(statement)?.[1] ?? []);
  await server.sql(`ANALYZE TABLE ${[...new Set(filled)].join(', ')}`, schema);
}

/** Each start has another port and another password, and the hosts have just reported. */
async function settle(server: Database): Promise<void> {
  const { port, user, password } = server;
  const url = `mysql+pymysql://${user}:${password}@127.0.0.1:${port}`;
  await server.sql(`UPDATE cell_mappings SET database_connection = CONCAT('${url}/nova_', name)`, 'nova_api');
  await server.sql('UPDATE services SET last_seen_up = UTC_TIMESTAMP()', 'nova_cell1');
}
