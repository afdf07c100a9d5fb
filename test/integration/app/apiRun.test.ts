import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { apisOf, cloudName, fillIn, productOn } from './product';

describe('a plan with API steps on the demo cloud', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;
  let product: Zombies;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    product = productOn(cloud, apisOf(cloud));
    await product.scan(cloudName);
  });

  it('lets Nova delete what is stuck: guest, files, rows, port and allocation are gone', async () => {
    const uuid = cloud.planted.find(({ name }) => name === 'stuck-still-running')?.uuid ?? '';
    const { text, refused } = await product.draft(cloudName, [uuid]);
    assert.deepEqual(refused, []);
    assert.match(text, /-- @api do="reset-state".*\n(.*\n)*-- @api do="delete-server"/);
    const report = await product.run(fillIn(text));
    assert.deepEqual(
      report.sections.map(({ outcome, gone }) => [outcome, gone]),
      [['done', true]],
    );
    const host = await cloud.onHost(
      'compute-02',
      `virsh -c qemu:///system list --all --uuid; ls ${cloud.instancesPath}`,
    );
    assert.ok(!host.stdout.includes(uuid));
    const [row] = await cloud.sql(
      `SELECT deleted = id, vm_state, task_state, cleaned FROM instances WHERE uuid = '${uuid}'`,
      'nova_cell1',
    );
    assert.deepEqual(row, ['1', 'deleted', 'NULL', '1']);
    assert.deepEqual(
      await cloud.sql(`SELECT id FROM allocations WHERE consumer_id = '${uuid}'`, 'placement'),
      [],
    );
  });
});
