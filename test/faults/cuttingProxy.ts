import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of the bytes that come next in one direction: so many pass, then the stream is cut, or hangs. */
export interface Cut {
  readonly towards: 'server' | 'client';
  readonly after: number;
  readonly then: 'cut' | 'hang';
}

/** A proxy before the database that passes everything on, until it is told to cut. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  private left: { cut: Cut; bytes: number } | undefined;
  private hangs = false;
  private readonly server = createServer((client) => this.accept(client));

  private constructor(private readonly serverPort: number) {}

  static async start(serverPort: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(serverPort);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The next cut, of whichever connection comes first to it; only once. */
  cut(cut: Cut): void {
    this.left = { cut, bytes: cut.after };
  }

  /** Passes everything on again; what hung is cut. */
  heal(): void {
    this.left = undefined;
    if (this.hangs) this.cutAll();
    this.hangs = false;
  }

  close(): void {
    this.server.close();
    this.cutAll();
  }

  private cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private accept(client: Socket): void {
    const behind = connect(this.serverPort, '127.0.0.1');
    for (const socket of [client, behind]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    }
    client
      .on('close', () => behind.destroy())
      .on('data', (data) => this.pass('server', data, behind, client));
    behind
      .on('close', () => client.destroy())
      .on('data', (data) => this.pass('client', data, client, behind));
  }

  private pass(towards: Cut['towards'], data: Buffer, to: Socket, from: Socket): void {
    if (this.hangs) return;
    const { left } = this;
    if (left?.cut.towards !== towards || data.length <= left.bytes) {
      if (left?.cut.towards === towards) left.bytes -= data.length;
      to.write(data);
      return;
    }
    this.left = undefined;
    to.write(data.subarray(0, left.bytes), () => {
      if (left.cut.then === 'cut') for (const socket of [to, from]) socket.destroy();
    });
    this.hangs = left.cut.then === 'hang';
  }
}
