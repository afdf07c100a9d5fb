import * as http from 'node:http';
import * as https from 'node:https';
import { CancelledError, messageOf } from '../../model/errors';
import { TransportError, type TransportFault } from './transportErrors';
import type { TlsOptions } from './tls';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A change is not given up once it was sent: that would not undo it, only hide what came of it. */
  readonly changes: boolean;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface TransportOptions {
  readonly tls: TlsOptions;
  readonly forceIpv4: boolean;
  readonly limits: TransportLimits;
}

export interface TransportLimits {
  readonly connectMs: number;
  /** Nova waits up to 60 s for a cell (nova/context.py, CELL_TIMEOUT), and then answers without it. */
  readonly answerMs: number;
  readonly bodyBytes: number;
}

export const defaultLimits: TransportLimits = {
  connectMs: 10_000,
  answerMs: 90_000,
  bodyBytes: 32 * 1024 * 1024,
};

const shared = { keepAlive: true, maxSockets: 8 };

/** HTTP over node:http and node:https, which take certificates per request. Redirects are not followed. */
export class Transport {
  private readonly limits: TransportLimits;
  private readonly tls: https.RequestOptions;
  private readonly family: { family?: number };
  private readonly plain = new http.Agent(shared);
  private readonly secure: https.Agent;

  constructor({ tls, forceIpv4, limits }: TransportOptions) {
    this.limits = limits;
    this.tls = { ...tls };
    this.family = forceIpv4 ? { family: 4 } : {};
    this.secure = new https.Agent({ ...shared, ...tls });
  }

  /** Rejects with a TransportError, or CancelledError. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.once(request);
    } catch (error) {
      // A server may close an idle connection just when it is used again: Node's `reusedSocket`.
      if (error instanceof TransportError && error.reused) return this.once(request);
      throw error;
    }
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  private once(request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const { signal, changes, body } = request;
      if (signal?.aborted) return reject(new CancelledError());
      const out = this.open(request);
      let sent = false;
      const end = (settle: () => void): void => {
        clearTimeout(connecting);
        clearTimeout(answering);
        signal?.removeEventListener('abort', cancel);
        settle();
      };
      const fail = (fault: TransportFault, said: string, reused = false): void => {
        end(() => reject(new TransportError(fault, said, sent, reused)));
        out.destroy();
      };
      const cancel = (): void => {
        if (changes && sent) return;
        end(() => reject(new CancelledError()));
        out.destroy();
      };
      let connecting: NodeJS.Timeout | undefined;
      let answering: NodeJS.Timeout | undefined;
      signal?.addEventListener('abort', cancel, { once: true });
      const connected = (): void => {
        sent = true;
        clearTimeout(connecting);
      };
      // Not before: it may have to wait for one of the shared connections.
      out.on('socket', (socket) => {
        answering = setTimeout(() => fail('silent', ''), this.limits.answerMs);
        if (!socket.connecting) return connected();
        connecting = setTimeout(() => fail('silent', ''), this.limits.connectMs);
        socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      });
      out.on('error', (error) => {
        const lost = out.reusedSocket && !changes && 'code' in error && error.code === 'ECONNRESET';
        fail(isTlsError(error) ? 'untrusted' : 'lost', messageOf(error), lost);
      });
      out.on('response', (answer) => {
        this.read(answer, fail, (text) =>
          end(() => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })),
        );
      });
      out.end(body);
    });
  }

  private open({ method, url, headers, body, changes }: HttpRequest): http.ClientRequest {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, ...this.family };
    // A change gets a connection of its own, so that a lost one always means that it may have arrived.
    return url.protocol === 'https:'
      ? https.request(url, { ...options, ...this.tls, agent: changes ? false : this.secure })
      : http.request(url, { ...options, agent: changes ? false : this.plain });
  }

  private read(
    answer: http.IncomingMessage,
    fail: (fault: TransportFault, said: string) => void,
    done: (text: string) => void,
  ): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > this.limits.bodyBytes) return fail('too-large', String(this.limits.bodyBytes));
      chunks.push(chunk);
    });
    answer.on('error', (error) => fail('lost', messageOf(error)));
    answer.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
  }
}

/** OpenSSL's verification errors as Node's documentation of `tls` lists them, and Node's own. */
function isTlsError(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /CERT|^ERR_TLS|^ERR_SSL|^ERR_OSSL|UNABLE_TO_|SELF_SIGNED|^EPROTO$/.test(code);
}
