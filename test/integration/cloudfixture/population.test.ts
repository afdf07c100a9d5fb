import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KindId } from '../../../src/model/kindId';
import { kinds } from '../../../src/zombies/kinds';
import { startCloud, type DemoCloud, type KindId as PlantedKind } from '../../cloud/demoCloud';
import type { Release } from '../../cloud/schema/facts';

/** Compiles while the two lists of kinds are the same. */
const same: [KindId] extends [PlantedKind] ? ([PlantedKind] extends [KindId] ? true : false) : false = true;

for (const release of ['victoria', 'zed', 'epoxy'] satisfies Release[]) {
  describe(`the population of the demo cloud in ${release}`, function () {
    this.timeout(120_000);
    const directory = mkdtempSync(join(tmpdir(), `zombies-${release}-`));
    let cloud: DemoCloud;

    before(async () => {
      cloud = await startCloud({ directory, hosts: false, schema: release });
    });

    after(async () => {
      await cloud.stop();
      rmSync(directory, { recursive: true });
    });

    it('has a zombie of every kind that its tables can have', () => {
      assert.ok(same);
      const planted = new Set(
        cloud.planted
          .filter(({ expect }) => expect !== 'none' && expect !== 'legitimate')
          .map(({ kind }) => kind),
      );
      const missing = kinds.map(({ id }) => id).filter((id) => !planted.has(id));
      // share_mapping came with 2024.2
      assert.deepEqual(
        missing.filter((id) => id !== 'share-left-behind' || release === 'epoxy'),
        [],
      );
    });

    it('expects one verdict of each thing', () => {
      const verdicts = new Map<string, Set<string>>();
      for (const { uuid, expect, name } of cloud.planted)
        verdicts.set(uuid, (verdicts.get(uuid) ?? new Set()).add(`${name} ${expect}`));
      const twice = [...verdicts.values()].filter(({ size }) => size > 1).map((each) => [...each]);
      assert.deepEqual(twice, []);
    });

    it('breaks only those foreign keys that a story breaks', async () => {
      for (const database of ['nova_cell0', 'nova_cell1', 'nova_cell2']) {
        const keys = await cloud.sql(
          `SELECT table_name, column_name, referenced_table_name, referenced_column_name
             FROM information_schema.key_column_usage
            WHERE table_schema = '${database}' AND referenced_table_name IS NOT NULL`,
        );
        for (const [table, column, parent, key] of keys) {
          const [[orphans] = []] = await cloud.sql(
            `SELECT COUNT(*) FROM ${table} c LEFT JOIN ${parent} p ON p.${key} = c.${column}
              WHERE c.${column} IS NOT NULL AND p.${key} IS NULL`,
            database,
          );
          assert.ok(orphans === '0' || parent === 'instances', `${database}.${table}.${column}`);
        }
      }
    });
  });
}
