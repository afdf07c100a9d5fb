import type { Connection } from '../../../src/cloud/database/connection';
import { parseDatabaseUrl } from '../../../src/cloud/database/databaseUrl';
import { openConnection } from '../../../src/cloud/database/openConnection';
import { openSnapshot } from '../../../src/evidence/snapshot';
import type { Database } from '../../cloud/database/mariadb';

/** Works with read views of the cell, opened as a scan opens them. */
export async function withViews<T>(
  { port, user, password }: Database,
  count: number,
  work: (views: readonly Connection[]) => Promise<T>,
): Promise<T> {
  const address = parseDatabaseUrl(`mysql://${user}:${password}@127.0.0.1:${port}/nova_cell1`);
  const views: Connection[] = [];
  try {
    for (let opened = 0; opened < count; opened++) {
      views.push(await openSnapshot(() => openConnection(address, { use: 'reading' })));
    }
    return await work(views);
  } finally {
    await Promise.all(views.map((view) => view.close()));
  }
}
