import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A TCP port that was free on every one of these loopback addresses a moment ago. */
export async function freePort(addresses: readonly string[] = ['127.0.0.1']): Promise<number> {
  const [first = '127.0.0.1', ...others] = addresses;
  for (;;) {
    const port = await listenOnce(first, 0);
    const rest = await Promise.all(others.map((address) => listenOnce(address, port).catch(() => 0)));
    if (rest.every((found) => found === port)) return port;
  }
}

/**
 * Different TCP ports of 127.0.0.1 that are free, below those that Linux gives to outgoing connections: a server that
 * binds minutes later, among hundreds of connections, still finds its own free.
 */
export async function freeServerPorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(10_000, 32_768);
    if ((await listenOnce('127.0.0.1', port).catch(() => 0)) === port) found.add(port);
  }
  return [...found];
}

/** Polls until `ready` says so; throws after `seconds` with what was waited for. */
export async function waitFor(what: string, seconds: number, ready: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`${what}: not ready after ${seconds} s`);
    await sleep(100);
  }
}

function listenOnce(address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, address, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });
}
