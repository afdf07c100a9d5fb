import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFront, type Front } from '../../demo/front';

describe("what stands before VS Code's server in the demo", () => {
  let backend: Server;
  let front: Front;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-zombies-front-'));
    backend = createServer((incoming, answer) => {
      answer.writeHead(incoming.method === 'GET' ? 200 : 405, { 'x-path': incoming.url });
      answer.end('page');
    });
    backend.on('upgrade', (_incoming, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    front = await startFront((backend.address() as AddressInfo).port, 0, join(folder, 'key'));
  });

  after(async () => {
    await front.stop();
    backend.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives the key that secrets are kept with, each time the same', async () => {
    const keys = await Promise.all(
      [1, 2].map(async () => {
        const answer = await fetch(`http://127.0.0.1:${front.port}/mint-key`, { method: 'POST' });
        return Buffer.from(await answer.arrayBuffer()).toString('hex');
      }),
    );
    assert.equal(keys[0]?.length, 64);
    assert.equal(keys[0], keys[1]);
  });

  it('passes on all else', async () => {
    const answer = await fetch(`http://127.0.0.1:${front.port}/a?b=c`);
    assert.equal(await answer.text(), 'page');
    assert.equal(answer.headers.get('x-path'), '/a?b=c');
    assert.equal((await fetch(`http://127.0.0.1:${front.port}/a`, { method: 'POST' })).status, 405);
  });

  it('passes WebSockets on, both ways', async () => {
    const socket = connect(front.port, '127.0.0.1');
    const heard = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('101')) socket.write('hello');
        if (text.endsWith('hello')) resolve(text);
      });
    });
    socket.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    assert.match(await heard, /101.*hello$/s);
    socket.destroy();
  });
});
