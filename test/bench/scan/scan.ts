import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import type { Database } from '../../cloud/database/mariadb';
import type { Lab } from '../work';
import type { Cost, Order } from './scanProcess';

/** Scans the cloud of that server in a process of its own, so many times in a row. */
export async function scanIn({ port, user, password }: Database, scans = 1): Promise<readonly Cost[]> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'test/bench/scan/scanProcess.ts'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const order: Order = { apiUrl: `mysql://${user}@127.0.0.1:${port}/nova_api`, password, scans };
  child.stdin.end(JSON.stringify(order));
  const ended = once(child, 'close');
  const costs = (await json(child.stdout)) as readonly Cost[];
  await ended;
  const gap = costs.flatMap(({ gaps }) => gaps)[0];
  if (gap !== undefined) throw new Error(`the scan could not read everything: ${gap}`);
  return costs;
}

export async function scanOnce(server: Database): Promise<Cost> {
  const [cost] = await scanIn(server);
  if (!cost) throw new Error('the scan gave nothing');
  return cost;
}

/** What the scans of one cloud found. */
export function tell(lab: Lab, [cost]: readonly Cost[]): void {
  const kinds = Object.entries(cost?.suspects ?? {}).map(([kind, count]) => `${count} ${kind}`);
  lab.note(`${cost?.instances} live instances; found: ${kinds.join(', ')}`);
}
