import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came, with what its path names. */
export interface Asked {
  readonly named: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** address and path, as the links of a page have it */
  readonly url: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export type Handler = (asked: Asked) => Reply | Promise<Reply>;

/** Handlers by method and path; a part of a path that starts with a colon is named. */
export type Routes = Readonly<Record<string, Handler>>;

/** Thrown by a handler: the answer is an error of the service. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(JSON.stringify(reply.body));
  }
}

export interface HttpServer {
  readonly base: string;
  stop(): Promise<void>;
}

/** Serves routes on a free port of 127.0.0.1. Does not keep its process alive. */
export async function serve(routesOf: (base: string) => Routes, admit: Admit): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    answer(request, response, base, routes, admit).catch((error: unknown) => {
      send(response, { status: 500, body: { error: { code: 500, message: String(error) } } });
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.unref();
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const routes = Object.entries(routesOf(base)).map(compile);
  return {
    base,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Undefined for a request that may go on; otherwise its answer. */
export type Admit = (path: string, headers: IncomingHttpHeaders) => Reply | undefined;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

function compile([route, handle]: [string, Handler]): Route {
  const [method = '', path = ''] = route.split(' ');
  return { method, handle, path: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  base: string,
  routes: readonly Route[],
  admit: Admit,
): Promise<void> {
  const { method = '', headers } = request;
  const { pathname, searchParams } = new URL(request.url ?? '/', base);
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const refused = admit(pathname, headers);
  if (refused) return send(response, refused);
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(pathname) : null;
    if (!found) continue;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const asked = { query: searchParams, headers, body, url: base + pathname };
    return send(response, await settle(route.handle, { ...asked, named: { ...found.groups } }));
  }
  // as webob says it of a path that nobody serves
  send(response, {
    status: 404,
    body: { message: 'The resource could not be found.', code: '404 Not Found' },
  });
}

async function settle(handle: Handler, asked: Asked): Promise<Reply> {
  try {
    return await handle(asked);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
