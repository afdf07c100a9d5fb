import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellMapping, CloudAccess } from '../../../src/cloud/access';
import type { Connection } from '../../../src/cloud/database/connection';
import { createCloudAccess } from '../../../src/cloud/createCloudAccess';
import { passwordKey } from '../../../src/cloud/passwords';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import type { PasswordQuestion } from '../../../src/model/ports';
import { startDatabase, type Database } from '../../cloud/database/mariadb';
import { expectError } from './expectError';
import { startSshServer, type SshServer } from './ssh/sshServer';

const cell1 = '8f0c6a5e-0000-4000-8000-000000000001';

describe('the doors of a cloud', () => {
  let database: Database;
  let server: SshServer;

  before(async () => {
    [database, server] = await Promise.all([
      startDatabase({ directory: mkdtempSync(join(tmpdir(), 'openstack-zombies-db-')) }),
      startSshServer(),
    ]);
    await database.sql('CREATE DATABASE nova_api; CREATE DATABASE nova_cell1; CREATE DATABASE placement');
    await database.sql(`
      CREATE USER other@'127.0.0.1' IDENTIFIED BY 'of the other';
      GRANT ALL ON placement.* TO other@'127.0.0.1'; GRANT ALL ON nova_cell1.* TO other@'127.0.0.1'`);
  });

  after(async () => {
    await Promise.all([database.stop(), server.stop()]);
    rmSync(database.directory, { recursive: true });
  });

  interface Setup {
    readonly access: CloudAccess;
    readonly questions: PasswordQuestion[];
    readonly secrets: Map<string, string>;
    readonly log: string[];
  }

  /** The cloud `prod-eu`, with somebody who knows the passwords of both accounts. */
  function setUp(settings: Record<string, unknown> = {}): Setup {
    const { clouds, problems } = readConfigurations([
      {
        name: 'prod-eu',
        apiDatabase: `mysql://nova@127.0.0.1:${database.port}/nova_api`,
        ssh: { user: server.user, port: server.port, keyFile: server.keyFile, knownHostsFile: '/dev/null' },
        ...settings,
      },
    ]);
    const configuration = clouds[0] ?? assert.fail(JSON.stringify(problems));
    const questions: PasswordQuestion[] = [];
    const secrets = new Map<string, string>();
    const log: string[] = [];
    const keys = new Map<string, string[]>();
    const write = (line: string): void => void log.push(line);
    const access = createCloudAccess({
      configuration,
      secrets: {
        get: (key) => Promise.resolve(secrets.get(key)),
        store: (key, value) => Promise.resolve(void secrets.set(key, value)),
        delete: (key) => Promise.resolve(void secrets.delete(key)),
      },
      prompts: {
        trustHostKey: () => Promise.resolve(true),
        password: (question) => {
          questions.push(question);
          return Promise.resolve(question.account.startsWith('nova@') ? database.password : 'of the other');
        },
      },
      hostKeys: {
        get: (name) => keys.get(name) ?? [],
        add: (name, key) => Promise.resolve(void keys.set(name, [key])),
      },
      logger: { debug: write, info: write, warn: write, error: write },
    });
    return { access, questions, secrets, log };
  }

  function cell(url: string): CellMapping {
    return { uuid: cell1, id: 2, name: 'cell1', disabled: false, url };
  }

  async function schemaOf(opening: Promise<Connection>): Promise<unknown> {
    const connection = await opening;
    const [row] = await connection.query('SELECT DATABASE() AS name');
    await connection.close();
    return row?.name;
  }

  it('open the API database with a password that is asked for once and kept', async () => {
    const { access, questions, secrets } = setUp();
    const account = `nova@127.0.0.1:${database.port}`;
    assert.equal(await schemaOf(access.openApi()), 'nova_api');
    assert.equal(await schemaOf(access.openApi()), 'nova_api');
    assert.deepEqual(questions, [{ cloud: 'prod-eu', account, refused: false }]);
    assert.equal(secrets.get(passwordKey('prod-eu', account)), database.password);
  });

  it('open Placement on the server and with the account of the API database', async () => {
    const { access, questions } = setUp();
    assert.deepEqual(await Promise.all([schemaOf(access.openApi()), schemaOf(access.openPlacement())]), [
      'nova_api',
      'placement',
    ]);
    assert.equal(questions.length, 1);
  });

  it('open Placement elsewhere when the configuration says so', async () => {
    const placementDatabase = `mysql://other@127.0.0.1:${database.port}/placement`;
    const { access, questions } = setUp({ placementDatabase });
    assert.equal(await schemaOf(access.openPlacement()), 'placement');
    assert.equal(questions[0]?.account, `other@127.0.0.1:${database.port}`);
  });

  it('open a cell with the password that Nova has for it, which is kept nowhere', async () => {
    const { access, questions, secrets, log } = setUp();
    const url = `mysql+pymysql://other:of%20the%20other@127.0.0.1:${database.port}/nova_cell1?charset=utf8`;
    assert.equal(await schemaOf(access.openCell(cell(url))), 'nova_cell1');
    assert.deepEqual([questions, [...secrets]], [[], []]);
    assert.ok(log.length > 0 && !log.join('\n').includes('of the other'));
  });

  it('open a cell at the URL of the configuration, in place of a template of Nova', async () => {
    const template = cell('mysql+pymysql://{username}:{password}@{hostname}/nova_cell1');
    const error = await expectError('bad-configuration', setUp().access.openCell(template));
    assert.match(error.action, new RegExp(`cells\\.${cell1}`));
    const { access, questions } = setUp({
      cells: { [cell1]: `mysql://other@127.0.0.1:${database.port}/nova_cell1` },
    });
    assert.equal(await schemaOf(access.openCell(template)), 'nova_cell1');
    assert.equal(questions.length, 1);
  });

  it("say that a cell's URL can be replaced when it does not work from here", async () => {
    const { access } = setUp();
    for (const [code, url] of [
      ['unreachable', 'mysql://nova:s3cret@127.0.0.1:1/nova_cell1'],
      ['refused-login', `mysql://nova:s3cret@127.0.0.1:${database.port}/nova_cell1`],
    ] as const) {
      const error = await expectError(code, access.openCell(cell(url)), 's3cret');
      assert.match(error.action, new RegExp(`cells\\.${cell1}`));
    }
  });

  it('open a shell on a host', async () => {
    const { access, log } = setUp();
    const shell = await access.openShell({ host: 'compute-01', address: '127.0.0.1' });
    assert.equal(shell.host, 'compute-01');
    assert.equal((await shell.run('echo "$1"', ['hello'])).stdout, 'hello\n');
    shell.close();
    assert.match(log.join('\n'), /compute-01/);
  });
});
