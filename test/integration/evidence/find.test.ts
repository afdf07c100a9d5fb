import assert from 'node:assert/strict';
import { findInstances } from '../../../src/evidence/find';
import { addressesIn } from '../../../src/evidence/networkInfo';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf, planted } from './pick';

describe('looking up instances', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), options);
  });

  it('finds a UUID in whatever source has it', async () => {
    const terms = [
      await oneOf(cloud, 'SELECT uuid FROM nova_cell2.instances WHERE deleted = 0 LIMIT 1'),
      await oneOf(cloud, 'SELECT uuid FROM nova_cell1.instances WHERE deleted <> 0 LIMIT 1'),
      await oneOf(cloud, 'SELECT uuid FROM nova_cell1.shadow_instances LIMIT 1'),
      planted(cloud, ({ kind }) => kind === 'rows-without-parent').uuid,
      planted(cloud, ({ kind, host }) => kind === 'domain-without-instance' && host === 'compute-06').uuid,
      planted(cloud, ({ kind }) => kind === 'leftover-directory').uuid,
    ];
    const found = await findInstances(accessTo(cloud), seen, terms);
    assert.deepEqual(
      [...found],
      terms.map((term) => [term, [term]]),
    );
  });

  it('finds instances by a fixed IP and by the whole name', async () => {
    const [[holder = '', networkInfo = ''] = []] = await cloud.sql(
      "SELECT instance_uuid, network_info FROM nova_cell1.instance_info_caches WHERE network_info LIKE '%172.20.69.%' LIMIT 1",
    );
    const [address = ''] = addressesIn(networkInfo);
    assert.match(address, /^172\.20\.69\./);
    const { name, uuid } = planted(
      cloud,
      ({ kind, expect }) => kind === 'stuck-deleting' && expect === 'confirmed',
    );
    const found = await findInstances(accessTo(cloud), seen, [
      address,
      name,
      name.slice(0, -1),
      name.toUpperCase(),
    ]);
    assert.ok(found.get(address)?.includes(holder));
    assert.ok(found.get(name)?.includes(uuid));
    assert.deepEqual([found.get(name.slice(0, -1)), found.get(name.toUpperCase())], [[], []]);
  });

  it('does not take an address for the beginning of another', async () => {
    const found = await findInstances(accessTo(cloud), seen, ['172.20.6', '172.20.69.0']);
    assert.deepEqual([...found.values()], [[], []]);
  });

  it('finds every name, also one that is full of marks', async () => {
    const names = (
      await cloud.sql('SELECT uuid, display_name FROM nova_cell1.instances WHERE deleted = 0')
    ).filter(([, name = '']) => /[^\w .-]/.test(name));
    assert.ok(names.length > 2);
    const found = await findInstances(
      accessTo(cloud),
      seen,
      names.map(([, name = '']) => name),
    );
    for (const [uuid = '', name = ''] of names) {
      assert.ok(found.get(name)?.includes(uuid), name);
    }
  });
});
