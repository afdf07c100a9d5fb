import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LyingProxy {
  readonly port: number;
  close(): void;
}

/**
 * A proxy between client and server, like MaxScale or ProxySQL at the moment they lose the server: the first COMMIT is
 * answered with an error packet of the proxy's own, whether it reached the server or not, and the connection ends.
 */
export async function startLyingProxy(
  serverPort: number,
  errno: number,
  delivered: boolean,
): Promise<LyingProxy> {
  let armed = true;
  const pairs = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(serverPort, '127.0.0.1');
    let lying = false;
    for (const socket of [client, behind]) {
      pairs.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => behind.destroy());
    behind.on('close', () => client.end());
    const lie = (): void => {
      client.end(errorPacket(errno));
      behind.end();
    };
    client.on('data', (data) => {
      if (armed && isCommit(data)) {
        armed = false;
        lying = true;
        if (!delivered) return lie();
      }
      behind.write(data);
    });
    // The server's own answer is the sign that it is done.
    behind.on('data', (data) => (lying ? lie() : client.write(data)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of pairs) socket.destroy();
    },
  };
}

/** COM_QUERY: three bytes of length, a number, the byte 3, the text. */
function isCommit(data: Buffer): boolean {
  return data.subarray(4).toString('latin1') === '\u0003COMMIT';
}

function errorPacket(errno: number): Buffer {
  const body = Buffer.from(`\u00ff..#HY000Lost connection to backend server`, 'latin1');
  body.writeUInt16LE(errno, 1);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 1]), body]);
}
