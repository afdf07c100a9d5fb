import type { ClientChannel } from 'ssh2';
import type { Duplex } from 'node:stream';
import { CancelledError } from '../../model/errors';
import { ChannelStream } from './channelStream';
import type { Hop } from './hop';
import type { Lease } from './jumpHosts';
import { tunnelError } from './tunnelErrors';

export interface StreamOptions {
  readonly signal?: AbortSignal;
  /** until the host has connected to what lies behind it */
  readonly timeoutMs: number;
}

/**
 * Streams to what one host can reach, over an SSH connection to it; nothing listens on this machine. Rejects with an
 * OperatorError, or CancelledError. The streams end when the connection does.
 */
export interface Tunnel {
  /** True when the connection is gone: another tunnel has to be opened. */
  readonly closed: boolean;
  /** Host and port as that host sees them. */
  tcp(host: string, port: number, options: StreamOptions): Promise<Duplex>;
  /** Path of a socket on that host. */
  unix(path: string, options: StreamOptions): Promise<Duplex>;
  close(): void;
}

type Opened = (error: Error | undefined, channel: ClientChannel) => void;

export class SshTunnel implements Tunnel {
  closed = false;

  constructor(
    private readonly hop: Hop,
    private readonly lease: Lease,
  ) {
    lease.client.once('close', () => (this.closed = true));
  }

  tcp(host: string, port: number, options: StreamOptions): Promise<Duplex> {
    const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    // The address that asks is for the log of sshd only: RFC 4254, 7.2.
    return this.open(
      place,
      (opened) => this.lease.client.forwardOut('127.0.0.1', 0, host, port, opened),
      options,
    );
  }

  unix(path: string, options: StreamOptions): Promise<Duplex> {
    return this.open(
      path,
      (opened) => this.lease.client.openssh_forwardOutStreamLocal(path, opened),
      options,
    );
  }

  close(): void {
    this.lease.release();
    // A host that does not answer any more does not end its side either.
    setTimeout(() => this.lease.client.destroy(), 1_000).unref();
  }

  private open(
    place: string,
    ask: (opened: Opened) => void,
    { signal, timeoutMs }: StreamOptions,
  ): Promise<Duplex> {
    return new Promise<Duplex>((resolve, reject) => {
      let waiting = true;
      const settle = (settled: () => void): void => {
        waiting = false;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        this.lease.client.off('close', lost);
        settled();
      };
      const fail = (error: unknown): void => settle(() => reject(tunnelError(error, this.hop, place)));
      const lost = (): void => fail(new Error('the connection was closed'));
      const cancel = (): void => settle(() => reject(new CancelledError()));
      const late = Object.assign(new Error('no answer'), { level: 'client-timeout' });
      const timer = setTimeout(() => fail(late), timeoutMs);
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      this.lease.client.once('close', lost);
      try {
        ask((error, channel) => {
          if (!waiting) channel?.close();
          else if (error) fail(error);
          else settle(() => resolve(new ChannelStream(channel)));
        });
      } catch (error) {
        // ssh2 throws when the connection is gone already.
        fail(error);
      }
    });
  }
}
