import assert from 'node:assert/strict';
import { factsOf, type DatabaseFacts, type SchemaName } from '../../cloud/schema/facts';
import { readFacts } from '../../integration/cloudfixture/readFacts';
import { sharedOpenStack } from '../sharedOpenStack';

/** The tables that the demo cloud makes must be those that the packages' own migrations make. */
describe('the schemas of the demo cloud', () => {
  for (const [database, which] of [
    ['nova_api', 'nova_api'],
    ['nova_cell0', 'nova'],
    ['nova_cell1', 'nova'],
    ['nova_cell2', 'nova'],
    ['placement', 'placement'],
  ] satisfies [string, SchemaName][]) {
    describe(`for ${database}`, () => {
      const facts = factsOf('zed', which);
      let real: DatabaseFacts;

      before(async () => {
        real = await readFacts((await sharedOpenStack()).database, database);
      });

      it('have the same tables', () => {
        assert.deepEqual(Object.keys(facts).sort(), Object.keys(real).sort());
      });

      it('have the same columns, types, keys and foreign keys', () => {
        const different = Object.keys(real).filter((table) => !same(facts[table], real[table]));
        assert.deepEqual(pick(facts, different), pick(real, different));
      });
    });
  }
});

function same(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

function pick(facts: DatabaseFacts, tables: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(tables.map((table) => [table, facts[table]]));
}
