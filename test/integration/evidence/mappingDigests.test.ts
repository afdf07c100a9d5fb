import assert from 'node:assert/strict';
import type { Connection } from '../../../src/cloud/database/connection';
import { openConnection } from '../../../src/cloud/database/openConnection';
import {
  DifferingRanges,
  instanceDigest,
  mappingDigest,
  readDigests,
} from '../../../src/evidence/mappingDigests';
import { readSchema, tableOf } from '../../../src/evidence/schema';
import { testDatabase } from '../cloud/database/testDatabase';

const [one, two] = ['0a2d1bf7-982c-4034-9713-566d58ced0c4', '0a2e1bf7-982c-4034-9713-566d58ced0c5'];

describe('digests of mappings and instances on MariaDB', () => {
  let connection: Connection;

  before(async () => {
    connection = await openConnection((await testDatabase()).address());
    await connection.change('CREATE TABLE instances (uuid VARCHAR(36), deleted INT)');
    await connection.change(
      'CREATE TABLE instance_mappings (instance_uuid VARCHAR(36), cell_id INT, queued_for_delete BOOLEAN)',
    );
  });

  beforeEach(async () => {
    for (const table of ['instances', 'instance_mappings']) await connection.change(`DELETE FROM ${table}`);
    await connection.change(`INSERT INTO instances VALUES ('${one}', 0), ('${two}', 7)`);
    await connection.change(
      `INSERT INTO instance_mappings VALUES ('${one.toUpperCase()}', 1, NULL), ('${two}', 1, 1)`,
    );
  });

  after(async () => {
    await connection.change('DROP TABLE instances, instance_mappings');
    await connection.close();
  });

  const borders = async (): Promise<readonly string[][]> => {
    const mappings = tableOf(await readSchema(connection), 'instance_mappings');
    const mapped = await readDigests(connection, mappingDigest(mappings), undefined);
    const known = await readDigests(connection, instanceDigest(mappings), undefined);
    return new DifferingRanges(mapped, known).borders;
  };

  it('agree on a live one and on one that is deleted, however they are written', async () => {
    assert.deepEqual(await borders(), []);
  });

  for (const [what, change] of [
    ['is queued for delete and lives', `UPDATE instance_mappings SET queued_for_delete = 1`],
    ['is deleted and not queued for delete', `UPDATE instance_mappings SET queued_for_delete = 0`],
    ['has its states exchanged with another', 'UPDATE instances SET deleted = 7 - deleted'],
    ['has no cell', `UPDATE instance_mappings SET cell_id = NULL WHERE instance_uuid = '${one}'`],
    ['has no mapping', `DELETE FROM instance_mappings WHERE instance_uuid = '${one}'`],
    ['has no row', `DELETE FROM instances WHERE uuid = '${two}'`],
    ['is another', `UPDATE instances SET uuid = '0a2fffff-982c-4034-9713-566d58ced0c4' WHERE deleted = 0`],
  ]) {
    it(`differ where one ${what}`, async () => {
      await connection.change(change ?? '');
      assert.deepEqual(await borders(), [['0a2', '0a3']]);
    });
  }
});
