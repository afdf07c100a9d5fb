import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../../src/cloud/database/connection';
import { openConnection } from '../../../src/cloud/database/openConnection';
import { parseDatabaseUrl } from '../../../src/cloud/database/databaseUrl';
import { TableCounter } from '../../../src/evidence/counts';
import { readDossiers } from '../../../src/evidence/dossiers';
import { readSchema } from '../../../src/evidence/schema';
import { readAll } from '../../../src/evidence/cellReads';
import { signsOfCell } from '../../../src/evidence/signs/cellSigns';
import { survey } from '../../../src/evidence/survey';
import type { InstanceRow } from '../../../src/model/facts';
import { cellTables } from '../../../src/model/instanceTables';
import { defaultThresholds } from '../../../src/model/scene';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { assertShown, everySign, sowEverySign } from './signs/everySign';

describe('schemas of other releases', function () {
  this.timeout(120_000);

  for (const schema of ['victoria', 'epoxy'] as const) {
    describe(schema, () => {
      let cloud: DemoCloud;
      before(async () => {
        cloud = await startCloud({ name: `integration-${schema}`, schema, hosts: false });
      });
      after(() => cloud.stop());

      it('is read to the end, its hosts being a gap each', async () => {
        const seen = await survey(accessTo(cloud), options);
        const incomplete = seen.scene.sources.filter(({ complete }) => !complete);
        assert.deepEqual(new Set(incomplete.map(({ kind }) => kind)), new Set(['host']));
        assert.ok(seen.instances > 60);
        const uuids = [...seen.glimpses.keys()];
        const { dossiers, scene } = await readDossiers(accessTo(cloud), seen, uuids, options);
        assert.equal(dossiers.size, uuids.length);
        assert.deepEqual(
          scene.sources.filter(({ kind, complete }) => kind !== 'host' && !complete),
          [],
        );
        assert.ok([...dossiers.values()].some(({ migrations }) => migrations.length > 0));
        assert.ok([...dossiers.values()].some(({ leftovers }) => leftovers.length > 0));
      });

      it('shows the signs of what is not in order, and of nothing else', async () => {
        const sown = await sowEverySign(cloud);
        const seen = await survey(accessTo(cloud), { ...options, signs: everySign });
        assertShown(seen, sown);
        const shares = sown.filter(({ sign }) => sign === 'share-of-deleted').map(({ shows }) => shows);
        assert.deepEqual(shares, schema === 'epoxy' ? [true, false] : []);
        const { scene } = await readDossiers(accessTo(cloud), seen, [...seen.glimpses.keys()], options);
        const gaps = scene.sources.filter(({ kind, complete }) => kind !== 'host' && !complete);
        assert.deepEqual(gaps, []);
      });
    });
  }

  describe('2011', () => {
    let cloud: DemoCloud;
    let connection: Connection;
    const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';

    before(async () => {
      cloud = await sharedCloud();
      const text = readFileSync(join(__dirname, '../../cloud/schema/nova2011.sql'), 'utf8');
      await cloud.sql('DROP DATABASE IF EXISTS nova_2011; CREATE DATABASE nova_2011');
      await cloud.sql(text, 'nova_2011');
      const { port, password } = cloud.database;
      connection = await openConnection({
        ...parseDatabaseUrl(`mysql://nova@127.0.0.1:${port}/nova_2011`),
        password,
      });
    });
    after(async () => {
      await connection.close();
      await cloud.sql('DROP DATABASE nova_2011');
    });

    it('has its foreign keys read, and rows counted that name an instance by its id', async () => {
      await cloud.sql(
        `INSERT INTO instances (id, uuid) VALUES (7, '${uuid}');
         INSERT INTO virtual_interfaces (instance_id) VALUES (7), (7)`,
        'nova_2011',
      );
      const schema = await readSchema(connection);
      const key = schema.tables
        .get('virtual_interfaces')
        ?.foreignKeys.find((of) => of.referencedTable === 'instances');
      assert.deepEqual([key?.columns, key?.referencedColumns], [['instance_id'], ['id']]);
      const instance = { id: 7, uuid } as InstanceRow;
      const counter = new TableCounter(connection, schema, [uuid], new Map([[uuid, instance]]));
      await counter.count(cellTables);
      const { counts, ids } = counter.of(uuid);
      assert.equal(counts.get('virtual_interfaces'), 2);
      assert.deepEqual(ids.get('instances'), [7]);
    });

    it('shows no sign that its tables cannot show', async () => {
      await cloud.sql("UPDATE instances SET deleted = 1 WHERE hostname = 'zombie-1'", 'nova_2011');
      const schema = await readSchema(connection);
      const found: string[] = [];
      const search = { wanted: everySign, ages: { now: new Date(), thresholds: defaultThresholds } };
      const reads = signsOfCell(schema, search, (uuid, sign) => found.push(`${sign} ${uuid}`));
      await readAll([connection], reads);
      assert.deepEqual(found, []);
    });

    it('has its generated columns and views told from what can be written', async () => {
      await cloud.sql(
        `ALTER TABLE instances ADD COLUMN twice BIGINT GENERATED ALWAYS AS (id * 2) VIRTUAL;
         CREATE VIEW seen AS SELECT uuid FROM instances`,
        'nova_2011',
      );
      const schema = await readSchema(connection);
      const generated = schema.tables.get('instances')?.columns.filter((column) => column.generated);
      assert.deepEqual(
        generated?.map(({ name }) => name),
        ['twice'],
      );
      assert.equal(schema.tables.has('seen'), false);
    });
  });
});
