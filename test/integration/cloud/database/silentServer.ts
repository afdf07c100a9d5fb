import { createServer, type Socket } from 'node:net';

/** A server on 127.0.0.1 that takes every connection and never says a word. */
export interface SilentServer {
  readonly port: number;
  /** how many are connected */
  connections(): number;
  stop(): void;
}

export function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).resume());
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      resolve({
        port: typeof bound === 'object' && bound ? bound.port : 0,
        connections: () => sockets.size,
        stop: () => {
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}
