import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { cloudName } from '../../integration/app/product';
import { productOnDatabases } from '../cloud/product';
import { forgetPeak, resident } from './memory';

/** Where the cloud is that is to be scanned. */
export interface Order {
  readonly apiUrl: string;
  readonly password: string;
  readonly scans: number;
}

/** What one scan cost; bytes above the idle process. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
  /** the longest time that nothing else got its turn, in ms */
  readonly blocked: number;
  /** of JavaScript, after the scan and a collection */
  readonly heap: number;
  readonly instances: number;
  readonly suspects: Readonly<Record<string, number>>;
  /** of sources that should have answered */
  readonly gaps: readonly string[];
}

/** A process of its own, with the product in it as the extension host has it: `order` on stdin, costs on stdout. */
async function main(): Promise<void> {
  const { apiUrl, password, scans } = JSON.parse(await text(process.stdin)) as Order;
  const api = productOnDatabases({ apiUrl, password });
  await Promise.all([import('../../../src/app/engine/engine'), import('mysql2'), import('ssh2')]);
  const costs: Cost[] = [];
  for (let count = 0; count < scans; count++) {
    globalThis.gc?.();
    const idle = resident().now;
    forgetPeak();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    const { instances, suspects, sources } = await api.scan(cloudName);
    const seconds = (performance.now() - start) / 1000;
    delay.disable();
    const { peak } = resident();
    globalThis.gc?.();
    costs.push({
      seconds,
      bytes: peak - idle,
      blocked: delay.max / 1e6,
      heap: process.memoryUsage().heapUsed,
      instances,
      suspects: countBy(suspects.map(({ kind }) => kind)),
      gaps: sources.flatMap(({ kind, name, gap }) =>
        kind !== 'host' && gap ? [`${name}: ${gap.message}`] : [],
      ),
    });
  }
  process.stdout.write(JSON.stringify(costs));
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

void main();
