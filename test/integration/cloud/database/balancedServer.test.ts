import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { CancelledError } from '../../../../src/model/errors';
import { startDatabase, type Database } from '../../../cloud/database/mariadb';
import { freePort } from '../../../cloud/ports';

describe('cancelling behind a load balancer', () => {
  const servers: Database[] = [];

  before(async () => {
    // One after the other: a port is free until somebody else takes it.
    for (const name of ['first', 'second']) {
      servers.push(
        await startDatabase({ directory: mkdtempSync(join(tmpdir(), `openstack-zombies-${name}-`)) }),
      );
    }
    const [first, second] = servers;
    await second?.sql(`SET PASSWORD FOR nova@'127.0.0.1' = PASSWORD('${first?.password}')`);
    await Promise.all(servers.map((server) => server.sql('CREATE DATABASE nova_test')));
  });

  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    for (const { directory } of servers) rmSync(directory, { recursive: true });
  });

  it('kills nothing on another server, where the number is somebody else', async () => {
    const [first, second] = servers;
    const turns = [first?.port ?? 0, second?.port ?? 0];
    const balancer = createServer((client) => {
      const server = connect(turns.shift() ?? 0, '127.0.0.1');
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
    });
    const port = await freePort();
    await new Promise<void>((resolve) => balancer.listen(port, '127.0.0.1', resolve));

    const connection = await openConnection(
      parseDatabaseUrl(`mysql://nova:${first?.password}@127.0.0.1:${port}/nova_test`),
    );
    const stop = new AbortController();
    const waiting = connection.query('SELECT SLEEP(60)', [], stop.signal);
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(waiting, CancelledError);

    assert.deepEqual(turns, [], 'the second server was asked');
    assert.deepEqual(await second?.sql("SHOW GLOBAL STATUS LIKE 'Com_kill%'"), [['Com_kill', '0']]);
    balancer.close();
  });
});
