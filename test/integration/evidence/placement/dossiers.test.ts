import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readDossiers } from '../../../../src/evidence/dossiers';
import { survey } from '../../../../src/evidence/survey';
import type { Dossier } from '../../../../src/model/dossier';
import type { DemoCloud } from '../../../cloud/demoCloud';
import { sharedCloud } from '../../sharedCloud';
import { accessTo, options } from '../accessTo';
import { oneOf, planted } from '../pick';
import { byApi } from './byApi';

describe('what Placement has of a candidate, by its API', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let live: string;
  let mover: string;
  let provider: string;
  let pool: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    live = await oneOf(
      cloud,
      `SELECT i.uuid FROM nova_cell1.instances i JOIN placement.allocations a ON a.consumer_id = i.uuid
        WHERE i.deleted = 0 AND i.host = 'compute-01' AND i.vm_state = 'active' LIMIT 1`,
    );
    provider = await oneOf(cloud, "SELECT uuid FROM placement.resource_providers WHERE name = 'compute-02'");
    [mover, pool] = [randomUUID(), randomUUID()];
    await cloud.sql(
      `INSERT INTO nova_cell1.migrations (uuid, instance_uuid, status, deleted)
         VALUES ('${mover}', '${live}', 'migrating', 0);
       INSERT INTO consumers (created_at, uuid, project_id, user_id, generation, consumer_type_id)
         VALUES (UTC_TIMESTAMP(), '${mover}', 1, 1, 1, 2);
       INSERT INTO resource_providers (id, uuid, name, generation, root_provider_id)
         VALUES (950, '${pool}', 'pool', 1, 950);
       INSERT INTO traits (id, name) VALUES (950, 'MISC_SHARES_VIA_AGGREGATE');
       INSERT INTO resource_provider_traits (trait_id, resource_provider_id) VALUES (950, 950);
       INSERT INTO resource_providers (id, uuid, name, generation, root_provider_id, parent_provider_id)
         SELECT 951, UUID(), 'compute-02_pci', 1, id, id FROM resource_providers WHERE name = 'compute-02';
       INSERT INTO allocations (created_at, resource_provider_id, consumer_id, resource_class_id, used)
         VALUES (UTC_TIMESTAMP(), 950, '${live}', 2, 9), (UTC_TIMESTAMP(), 951, '${mover}', 1, 1)`,
      'placement',
    );
  });
  after(() => cloud.reset());

  const read = async (settings: object, uuids: readonly string[]): Promise<ReadonlyMap<string, Dossier>> => {
    const access = accessTo(cloud, { ...settings });
    const seen = await survey(access, { ...options, onlyHosts: [] });
    const { dossiers, scene } = await readDossiers(access, seen, uuids, options);
    assert.equal(scene.sources.find(({ id }) => id === 'placement')?.complete, true);
    return dossiers;
  };

  /** The API tells nothing of when a consumer was made, and knows no fractions of a second either. */
  const ofPlacement = (dossier: Dossier | undefined): object => {
    assert.ok(dossier);
    const { allocations, consumer } = dossier;
    const { changedAt = '', allocations: amounts, projectId, type, migration } = consumer ?? {};
    return { allocations, amounts, projectId, type, migration, changed: Date.parse(changedAt) };
  };

  for (const [way, others] of [
    ['asked about one by one', 0],
    ['read as new lists', 250],
  ] as const) {
    describe(`when it is ${way}`, () => {
      const padding = Array.from(
        { length: others },
        (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      );

      it('is what its database has of it', async () => {
        const twice = planted(cloud, ({ name }) => name === 'allocated-twice').uuid;
        const none = planted(cloud, ({ name }) => name === 'unallocated').uuid;
        const orphan = planted(cloud, ({ name }) => name === 'allocation-of-nothing').uuid;
        const other = planted(cloud, ({ name }) => name === 'reservation').uuid;
        const asked = [live, mover, twice, none, orphan, other];
        const database = await read({}, asked);
        const api = await read(byApi(cloud), [...asked, ...padding]);
        for (const uuid of asked)
          if (others === 0 || uuid !== live)
            assert.deepEqual(ofPlacement(api.get(uuid)), ofPlacement(database.get(uuid)), uuid);
        assert.deepEqual(api.get(live)?.allocations, database.get(live)?.allocations);
        assert.equal(api.get(live)?.consumer?.allocations, 4);
        assert.equal(api.get(mover)?.consumer?.migration?.instance, live);
        assert.deepEqual(api.get(twice)?.allocations.length, 2);
        assert.equal(api.get(other)?.consumer?.type, 'RESERVATION');
      });

      it('is the resource provider that has the UUID: consumers, namesakes, and when it changed', async () => {
        const changed = await oneOf(
          cloud,
          `SELECT DATE_FORMAT(updated_at, '%Y-%m-%dT%T.000Z') FROM placement.resource_providers
            WHERE uuid = '${provider}'`,
        );
        const database = (await read({}, [provider])).get(provider)?.provider;
        const api = await read(byApi(cloud), [provider, pool, ...padding]);
        assert.deepEqual(api.get(provider)?.provider, {
          name: 'compute-02',
          consumers: database?.consumers,
          namesakes: [provider],
          changedAt: changed,
        });
        assert.equal(api.get(pool)?.provider, undefined);
      });
    });
  }
});
