import { readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { Client } from 'ssh2';
import type { Order, Said } from './order';

/** A bare client that logs in on all hosts and runs one command: the order on stdin, the hosts that did it on stdout. */
async function main(): Promise<void> {
  const idle = process.memoryUsage().rss;
  const { addresses, fanOut, ...order } = (await json(process.stdin)) as Order;
  const privateKey = readFileSync(order.keyFile);
  const waiting = [...addresses];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let host = waiting.pop(); host !== undefined; host = waiting.pop()) {
      await runOn(host, order, privateKey);
      done++;
    }
  };
  await Promise.all(Array.from({ length: fanOut }, work));
  const bytes = process.resourceUsage().maxRSS * 1024 - idle;
  process.stdout.write(JSON.stringify({ done, bytes } satisfies Said));
}

function runOn(
  host: string,
  { port, command }: Pick<Order, 'port' | 'command'>,
  privateKey: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on('error', reject).on('ready', () => {
      client.exec(command, (error, channel) => {
        if (error) return reject(error);
        channel.resume().on('close', () => {
          client.end();
          resolve();
        });
      });
    });
    client.connect({ host, port, username: 'root', privateKey, readyTimeout: 60_000 });
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
