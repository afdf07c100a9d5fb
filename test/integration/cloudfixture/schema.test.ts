import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../cloud/database/mariadb';
import { loadSchema, loadSchemaOf2011, startDatabase } from '../../cloud/demoCloud';
import { factsOf, type Release, type SchemaName } from '../../cloud/schema/facts';
import { readFacts } from './readFacts';

describe('the schemas of the demo cloud', function () {
  this.timeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), 'zombies-schema-'));
  let server: Database;

  before(async () => {
    server = await startDatabase({ directory });
  });

  after(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  for (const release of ['victoria', 'zed', 'epoxy'] satisfies Release[]) {
    for (const which of ['nova_api', 'nova', 'placement'] satisfies SchemaName[]) {
      it(`has every table, column, key and foreign key of ${release}'s ${which}`, async () => {
        const database = `nova_${release}_${which}`;
        await loadSchema(server, database, release, which);
        const facts = factsOf(release, which);
        assert.ok(Object.keys(facts).length > 10);
        assert.deepEqual(await readFacts(server, database), facts);
      });
    }
  }

  it('lets the nova user in over TCP with its password only', async () => {
    const { createConnection } = await import('mysql2/promise');
    const { host, port, user, password } = server;
    const connection = await createConnection({ host, port, user, password });
    await connection.query('CREATE DATABASE nova_hers');
    await connection.end();
    await assert.rejects(createConnection({ host, port, user, password: 'wrong' }), { errno: 1045 });
    await assert.rejects(createConnection({ host, port, user: 'root' }), /Access denied/);
  });

  it('refuses the deletion of an instance of 2011 as the article saw it', async () => {
    await loadSchemaOf2011(server, 'nova_2011');
    await assert.rejects(server.sql('DELETE FROM instances WHERE id = 29', 'nova_2011'), {
      errno: 1451,
      message: /CONSTRAINT `.*_ibfk_\d` FOREIGN KEY \(`instance_id`\) REFERENCES `instances` \(`id`\)/,
    });
  });
});
