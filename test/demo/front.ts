import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface Front {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Stands before VS Code's server and answers the one question that code-server's own front would: the server's part of
 * the key with which a browser keeps secrets. Without it a password is forgotten whenever the page is loaded again.
 */
export async function startFront(backend: number, port: number, keyFile: string): Promise<Front> {
  const key = keyOf(keyFile);
  const sockets = new Set<Socket>();
  const server = createServer((incoming, answer) => {
    if (incoming.method === 'POST' && incoming.url?.endsWith('/mint-key') === true) answer.end(key);
    else pass(incoming, answer, backend);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    passSocket(incoming, socket as Socket, head, backend);
  });
  await listen(server, port);
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

/** The same from one demo to the next, so that the browser can read what it kept. */
function keyOf(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

function pass(incoming: IncomingMessage, answer: ServerResponse, backend: number): void {
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port: backend, method, path: url, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  incoming.pipe(onward);
}

/** A WebSocket: its first lines as they came, then bytes both ways. */
function passSocket(incoming: IncomingMessage, socket: Socket, head: Buffer, backend: number): void {
  const { method, url, httpVersion, rawHeaders } = incoming;
  const onward = connect(backend, '127.0.0.1', () => {
    const headers = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    onward.write(`${method ?? 'GET'} ${url ?? '/'} HTTP/${httpVersion}\r\n${headers}\r\n`);
    onward.write(head);
    onward.pipe(socket);
    socket.pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  socket.on('close', () => onward.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
