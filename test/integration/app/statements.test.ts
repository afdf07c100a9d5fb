import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, productOn } from './product';

describe('one statement of a plan', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let uuid: string;
  let text: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    product = productOn(cloud);
    const { suspects } = await product.scan(cloudName);
    const stuck = suspects.find(({ kind, verdict }) => kind === 'stuck-deleting' && verdict === 'confirmed');
    assert.ok(stuck);
    uuid = stuck.uuid;
    text = (await product.draft(cloudName, [uuid])).text;
  });

  it('is counted, and nothing is changed', async () => {
    const before_ = await cloud.dump();
    const change = 'UPDATE nova_cell1.instance_system_metadata';
    const [[rows] = []] = await cloud.sql(
      `SELECT COUNT(*) FROM instance_system_metadata WHERE instance_uuid = '${uuid}' AND deleted = 0`,
      'nova_cell1',
    );
    assert.equal(await product.countChange(text, text.indexOf(change)), Number(rows));
    assert.equal(await cloud.dump(), before_);
  });

  it('is run when it is a SELECT, and shows its rows', async () => {
    const guard = text.indexOf('SELECT IF(COUNT(*) = 1', text.indexOf('-- @unit'));
    const [row] = await product.runSelect(text, guard);
    assert.deepEqual(Object.values(row ?? {}), ['ok']);
  });

  it('is not run when it is a change', async () => {
    const change = text.indexOf('UPDATE nova_cell1');
    await assert.rejects(product.runSelect(text, change), OperatorError);
  });

  it('has to be under the cursor', async () => {
    await assert.rejects(product.countChange(text, 0), OperatorError);
  });
});

describe('one instance', function () {
  this.timeout(120_000);

  it('is shown with every row, domain and directory that mentions it, secrets masked', async () => {
    const cloud = await sharedCloud();
    await cloud.reset();
    const product = productOn(cloud);
    const { suspects } = await product.scan(cloudName);
    const [holding, withVolume] = await Promise.all([
      cloud.sql('SELECT DISTINCT consumer_id FROM allocations', 'placement'),
      cloud.sql('SELECT DISTINCT instance_uuid FROM block_device_mapping', 'nova_cell1'),
    ]);
    const has = (rows: readonly (readonly string[])[], uuid: string): boolean =>
      rows.some(([each]) => each === uuid);
    const suspect = suspects.find(
      ({ uuid, remedy }) =>
        remedy.domains.length > 0 &&
        remedy.directories.length > 0 &&
        has(holding, uuid) &&
        has(withVolume, uuid),
    );
    assert.ok(suspect);
    const text = await product.showAll(cloudName, suspect.uuid);
    for (const part of [
      'cell1: instances',
      'cell1: block_device_mapping',
      'api: instance_mappings',
      'Domain on',
      'Directory on',
      'placement: allocations',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.doesNotMatch(text, new RegExp(cloud.database.password));
  });

  it('is looked up by UUID, fixed IP and name, also when it is not suspected, and says why not', async () => {
    const cloud = await sharedCloud();
    const product = productOn(cloud);
    const live = cloud.planted.find(
      ({ expect, mustSurvive, host }) => expect === 'none' && mustSurvive && host === 'compute-01',
    );
    assert.ok(live);
    const { found, notFound } = await product.lookUp(cloudName, [live.uuid, live.name, 'no-such-name']);
    assert.deepEqual(notFound, ['no-such-name']);
    const byUuid = found.find(({ term }) => term === live.uuid);
    assert.equal(byUuid?.uuid, live.uuid);
    assert.ok(byUuid.reasons.length >= 6, 'a line for each kind');
    assert.ok(found.some(({ term, uuid }) => term === live.name && uuid === live.uuid));
    const refused = await product.draft(cloudName, [live.uuid]);
    assert.equal(refused.refused[0]?.uuid, live.uuid);
  });

  it('that is kept is no suspect until that ends', async () => {
    const cloud = await sharedCloud();
    const product = productOn(cloud);
    const [first] = (await product.scan(cloudName)).suspects;
    assert.ok(first);
    await product.keep(cloudName, { scope: 'instance', id: first.uuid, reason: 'the owner is on it' });
    const among = (): boolean =>
      product.lastScan(cloudName)?.suspects.some(({ uuid }) => uuid === first.uuid) ?? false;
    assert.equal(among(), false);
    assert.deepEqual(
      product.kept(cloudName).map(({ id, name, reason }) => [id, name, reason]),
      [[first.uuid, first.name, 'the owner is on it']],
    );
    await product.endKeeping(cloudName, 'instance', first.uuid);
    assert.equal(among(), true);
  });
});
