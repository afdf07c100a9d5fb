import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase, type Database } from '../../cloud/database/mariadb';
import { openDoors, type Doors } from './doors';
import { startSshServer, type SshServer } from './ssh/sshServer';

describe('a password that is given by a program or a file', () => {
  let directory: string;
  let database: Database;
  let server: SshServer;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-given-'));
    [database, server] = await Promise.all([startDatabase({ directory }), startSshServer()]);
    await database.sql('CREATE DATABASE nova_api');
  });

  after(async () => {
    await Promise.all([database.stop(), server.stop()]);
    rmSync(directory, { recursive: true });
  });

  const doors = (given: object): Doors =>
    openDoors(
      server,
      { apiDatabase: `mysql://nova@127.0.0.1:${database.port}/nova_api`, database: given },
      () => assert.fail('nobody was to be asked'),
    );

  async function logsIn({ access, secrets, log }: Doors): Promise<void> {
    const connection = await access.openApi();
    assert.deepEqual(await connection.query('SELECT DATABASE() AS it'), [{ it: 'nova_api' }]);
    await connection.close();
    assert.equal(secrets.size, 0);
    assert.ok(!log.join('\n').includes(database.password));
  }

  it('comes from a program, which is told for whom it is', async () => {
    const file = join(directory, `nova-nova_api-${database.port}`);
    writeFileSync(file, `${database.password}\nnot this line\n`);
    await logsIn(doors({ passwordCommand: ['cat', join(directory, '{user}-{schema}-{port}')] }));
  });

  it('comes from an option file of the same user', async () => {
    const optionFile = join(directory, 'my.cnf');
    writeFileSync(optionFile, `[client]\nuser = nova\npassword = "${database.password}"\n`, { mode: 0o600 });
    await logsIn(doors({ optionFile }));
  });

  it('that does not come is an error, and holds nothing of what the program said', async () => {
    const { access } = doors({ passwordCommand: ['sh', '-c', 'echo s3cret-words >&2; exit 3'] });
    await assert.rejects(access.openApi(), (error: Error) => {
      assert.match(error.message, /sh/);
      assert.doesNotMatch(error.message, /s3cret-words/);
      return true;
    });
  });
});
