import assert from 'node:assert/strict';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

describe('a live row that names another host than its domain is on', function () {
  this.timeout(200_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  it('is pointed at it by a plan, with node and compute_id, and brought back', async () => {
    const product = productOn(cloud);
    const { suspects } = await product.scan(cloudName);
    const moved = suspects.find(({ kind, remedy }) => kind === 'domain-on-another-host' && remedy.repairs);
    assert.ok(moved?.host !== undefined);
    const before = await cloud.dump();
    const { text, refused } = await product.draft(cloudName, [moved.uuid], { depth: 'repair' });
    assert.deepEqual(refused, []);
    const report = await product.run(fillIn(text));
    assert.deepEqual(
      report.sections.map(({ outcome, gone }) => [outcome, gone]),
      [['done', true]],
    );
    const row = `SELECT i.host, i.node, i.compute_id FROM instances i WHERE i.uuid = '${moved.uuid}'`;
    const node = `SELECT host, hypervisor_hostname, id FROM compute_nodes WHERE host = '${moved.host}' AND deleted = 0`;
    assert.deepEqual(await cloud.sql(row, 'nova_cell1'), await cloud.sql(node, 'nova_cell1'));
    await product.run(await product.restorePlan(report.run));
    assert.equal(await cloud.dump(), before);
  });
});
