import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * A channel as a stream whose `destroy` ends it at once: that of ssh2 waits for the other side to close, which a
 * host that hangs never does.
 */
export class ChannelStream extends Duplex {
  constructor(private readonly channel: ClientChannel) {
    // sshd closes the channel only when both sides have ended.
    super({ allowHalfOpen: false });
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.on('end', () => this.push(null));
    channel.on('error', (error: Error) => this.destroy(error));
    channel.on('close', () => this.destroy());
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.channel.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.channel.close();
    done(error);
  }
}
