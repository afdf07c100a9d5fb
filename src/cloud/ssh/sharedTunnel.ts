import type { Duplex } from 'node:stream';
import { unlessAborted } from './unlessAborted';
import type { Tunnel } from './tunnel';

/**
 * One SSH connection for all that go through one host: it is made for the first stream, and closed some time after
 * the last has ended. A lost one is made anew for the next stream.
 */
export class SharedTunnel {
  private opening: Promise<Tunnel> | undefined;
  private streams = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly openTunnel: () => Promise<Tunnel>,
    private readonly lingerMs = 5_000,
  ) {}

  /** `connect` opens the one stream that is given back. */
  async stream(connect: (tunnel: Tunnel) => Promise<Duplex>, signal?: AbortSignal): Promise<Duplex> {
    clearTimeout(this.idle);
    this.streams += 1;
    try {
      const stream = await connect(await unlessAborted(this.tunnel(), signal));
      stream.once('close', () => this.release());
      return stream;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Nobody's cancelling ends the login, which others wait for as well. */
  private async tunnel(): Promise<Tunnel> {
    for (;;) {
      const opening = (this.opening ??= this.openTunnel());
      const tunnel = await opening.catch((error: unknown) => {
        if (this.opening === opening) this.opening = undefined;
        throw error;
      });
      if (!tunnel.closed) return tunnel;
      if (this.opening === opening) this.opening = undefined;
    }
  }

  private release(): void {
    this.streams -= 1;
    if (this.streams > 0) return;
    this.idle = setTimeout(() => this.close(), this.lingerMs);
  }

  private close(): void {
    const closing = this.opening;
    this.opening = undefined;
    closing?.then(
      (tunnel) => tunnel.close(),
      () => undefined,
    );
  }
}
