import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON */
  readonly body?: unknown;
  /** in place of `body` */
  readonly text?: string;
}

/** What the server does about a request: answers it, or whatever a broken server does. */
export type Behaviour = Reply | ((seen: Seen, response: ServerResponse) => Reply | undefined);

/**
 * A real HTTP server for what a real OpenStack does not do on demand. It knows Keystone's login, the version documents,
 * and what a test scripts: the behaviours of a request are used one after the other, and the last one again and again.
 */
export class ScriptedServer {
  readonly seen: Seen[] = [];
  private readonly scripts = new Map<string, Behaviour[]>();
  private readonly sockets = new Set<Socket>();
  private readonly server;
  private logins = 0;
  /** the catalogue has Ironic */
  bareMetal = true;
  /** a region that has a Nova of its own, and nothing else */
  otherRegion: string | undefined;
  /** what the next tokens are like */
  token: { roles: string[]; lifetimeMs: number; domain?: { id: string } } = {
    roles: ['admin'],
    lifetimeMs: 3_600_000,
  };

  constructor(private readonly tls?: TlsOptions) {
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      void this.handle(request, response);
    this.server = tls ? createSecureServer(tls, handle) : createServer(handle);
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    });
    this.on('POST /v3/auth/tokens', (seen) => this.logIn(seen));
    this.on('GET /compute/v2.1/', { body: { version: { id: 'v2.1', version: '2.93', min_version: '2.1' } } });
    this.on('GET /volume/v3/', {
      status: 300,
      body: { versions: [{ id: 'v3.0', version: '3.70', min_version: '3.0' }] },
    });
    this.on('GET /placement/', {
      body: { versions: [{ id: 'v1.0', max_version: '1.39', min_version: '1.0' }] },
    });
    this.on('GET /baremetal/', { body: { versions: [{ id: 'v1', version: '1.80', min_version: '1.1' }] } });
    this.on('GET /compute/v2.1/os-services', { body: { services: [] } });
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get base(): string {
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `request` is `METHOD /path`; a `*` as the last part of the path is any that has no script of its own. */
  on(request: string, ...behaviours: Behaviour[]): void {
    this.scripts.set(request, behaviours);
  }

  /** the requests that `METHOD /path` names */
  asked(request: string): Seen[] {
    return this.seen.filter(({ method, path }) => `${method} ${path}` === request);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = incoming;
    const url = new URL(incoming.url ?? '/', this.base);
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const seen = { method, path: url.pathname, query: url.searchParams, headers, body };
    this.seen.push(seen);
    const request = `${method} ${url.pathname}`;
    const script = this.scripts.get(request) ?? this.scripts.get(request.replace(/[^/]+$/, '*')) ?? [];
    const behaviour = (script.length > 1 ? script.shift() : script[0]) ?? {
      status: 404,
      text: 'no such path',
    };
    const reply = typeof behaviour === 'function' ? behaviour(seen, response) : behaviour;
    if (reply === undefined) return;
    response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers });
    response.end(reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)));
  }

  private logIn(seen: Seen): Reply {
    this.logins += 1;
    const now = Date.now();
    const methods = (seen.body as { auth?: { identity?: { methods?: unknown } } }).auth?.identity?.methods;
    return {
      status: 201,
      headers: { 'X-Subject-Token': `gAAAA-token-${this.logins}` },
      body: this.tokenBody(now, methods),
    };
  }

  tokenBody(now: number, methods: unknown): object {
    const endpoint = (path: string, region = 'one'): object[] =>
      ['public', 'internal'].map((kind) => ({
        interface: kind,
        region_id: region,
        url: `${this.base}${path}`,
      }));
    return {
      token: {
        methods,
        issued_at: new Date(now).toISOString(),
        expires_at: new Date(now + this.token.lifetimeMs).toISOString(),
        roles: this.token.roles.map((name) => ({ id: name, name })),
        ...(this.token.domain ? { domain: this.token.domain } : {}),
        catalog: [
          {
            type: 'compute',
            endpoints: [
              ...endpoint('/compute/v2.1'),
              ...(this.otherRegion === undefined ? [] : endpoint('/elsewhere/v2.1', this.otherRegion)),
            ],
          },
          { type: 'placement', endpoints: endpoint('/placement') },
          { type: 'network', endpoints: endpoint('/network') },
          { type: 'volumev3', endpoints: endpoint('/volume/v3/8d2f') },
          ...(this.bareMetal ? [{ type: 'baremetal', endpoints: endpoint('/baremetal') }] : []),
        ],
      },
    };
  }
}

/** Answers never. */
export const silence: Behaviour = () => undefined;

/** Closes the connection without an answer. */
export const hangUp: Behaviour = (_, response) => {
  response.destroy();
  return undefined;
};

/** The first half of an answer, and then the connection is lost. */
export function half(text: string): Behaviour {
  return (_, response) => {
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': String(2 * text.length),
    });
    response.write(text, () => response.destroy());
    return undefined;
  };
}
