import assert from 'node:assert/strict';
import type { KeepRequest } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import type { Planted } from '../../cloud/planted';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

describe('what is kept', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let zombie: Planted;

  before(async () => {
    cloud = await sharedCloud();
  });
  beforeEach(async () => {
    await cloud.reset();
    product = productOn(cloud);
    zombie =
      cloud.planted.find(
        ({ kind, expect, host }) => kind === 'stuck-deleting' && expect === 'confirmed' && host !== undefined,
      ) ?? assert.fail();
  });
  after(() => cloud.reset());

  async function keepOf(scope: KeepRequest['scope']): Promise<KeepRequest> {
    const { suspects } = await product.scan(cloudName);
    const { projectId, host } = suspects.find(({ uuid }) => uuid === zombie.uuid) ?? assert.fail();
    const id = { instance: zombie.uuid, host, project: projectId }[scope] ?? assert.fail();
    return { scope, id, reason: 'the owner is on it', author: 'anna' };
  }

  for (const scope of ['instance', 'host', 'project'] as const) {
    it(`as ${scope} is in no plan, and stops one that was drafted before`, async () => {
      const keep = await keepOf(scope);
      const { text } = await product.draft(cloudName, [zombie.uuid]);
      const before = await cloud.dump();
      await product.keep(cloudName, keep);

      const refused = await product.draft(cloudName, [zombie.uuid]);
      assert.deepEqual(refused.refused, [
        { uuid: zombie.uuid, reason: 'anna marked it to be kept: the owner is on it' },
      ]);
      assert.doesNotMatch(refused.text, /@instance/);
      for (const mode of ['dryRun', 'run'] as const) {
        const { sections } = await product[mode](fillIn(text));
        assert.deepEqual(
          sections.map(({ outcome, problem }) => [outcome, problem?.code]),
          [['refused', 'stale-evidence']],
        );
      }
      assert.equal(await cloud.dump(), before);
    });

    it(`as ${scope} is no suspect, and a look-up says who wants it so`, async () => {
      await product.keep(cloudName, await keepOf(scope));
      const { suspects } = await product.scan(cloudName);
      assert.ok(suspects.every(({ uuid }) => uuid !== zombie.uuid));
      const { found } = await product.lookUp(cloudName, [zombie.uuid]);
      assert.equal(found[0]?.suspect?.verdict, 'legitimate');
      assert.match(found[0].suspect.why, /^anna marked it to be kept/);
    });
  }

  it('is suspected again when its time is over', async () => {
    let now = new Date();
    product = productOn(cloud, {}, { clock: { now: () => now } });
    const expires = new Date(now.getTime() + 60_000).toISOString();
    await product.keep(cloudName, { ...(await keepOf('instance')), expires });
    now = new Date(now.getTime() + 61_000);
    assert.deepEqual(
      product.kept(cloudName).map(({ expired }) => expired),
      [true],
    );
    const { suspects } = await product.scan(cloudName);
    assert.equal(suspects.find(({ uuid }) => uuid === zombie.uuid)?.verdict, 'confirmed');
  });

  it('is carried to another machine as a document, by the login name where nobody else is named', async () => {
    const { scope, id, reason } = await keepOf('instance');
    await product.keep(cloudName, { scope, id, reason });
    const other = productOn(cloud);
    assert.equal(await other.importKept(cloudName, product.exportKept(cloudName)), 1);
    assert.deepEqual(other.kept(cloudName), product.kept(cloudName));
    assert.ok((other.kept(cloudName)[0]?.author ?? '') !== '');
    assert.ok((await other.scan(cloudName)).suspects.every(({ uuid }) => uuid !== zombie.uuid));
    await assert.rejects(other.importKept(cloudName, '{}'), (error) =>
      OperatorError.is(error, 'bad-configuration'),
    );
  });

  it('is explained by what it would have been, and all about it says who keeps it', async () => {
    const keep = await keepOf('instance');
    const explained = await product.explain(cloudName, zombie.uuid);
    assert.match(explained, /\nSTUCK DELETING\n/);
    assert.match(explained, /\nWhat a plan would do: Mark deleted \(as it is drafted by default\)\n/);
    await product.keep(cloudName, keep);
    const all = await product.showAll(cloudName, zombie.uuid);
    assert.match(all, /\nVerdict\n {2}legitimate: stuck deleting\n {2}anna marked it to be kept/);
    assert.match(all, /\nWhy no other kind holds\n/);
    await assert.rejects(product.explain(cloudName, '00000000-0000-4000-8000-000000000000'), (error) =>
      OperatorError.is(error, 'not-found'),
    );
  });
});
