import assert from 'node:assert/strict';
import type { ConnectionCheck } from '../../../src/app/api';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { memorySecrets, productOn } from './product';

describe('testing a connection before it is saved', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;
  let setting: Readonly<Record<string, unknown>>;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    const { user, port, keyFile, knownHostsFile, addresses } = cloud.ssh;
    setting = {
      name: 'fresh',
      ssh: { user, port, keyFile, knownHostsFile, configFile: 'none' },
      hosts: { 'compute-01': addresses['compute-01'], 'compute-06': addresses['compute-06'] },
    };
    const url = (password: string, schema: string): string =>
      `mysql+pymysql://nova:${password}@127.0.0.1:${cloud.database.port}/${schema}?charset=utf8`;
    const novaConf = `[api_database]
connection = ${url(cloud.database.password, 'nova_api')}
[database]
connection = ${url(cloud.database.password, 'nova_cell0')}
`;
    const planted = `printf %s '${novaConf}' > /etc/nova/nova.conf && chmod 600 /etc/nova/nova.conf`;
    const { code, stderr } = await cloud.onHost('compute-01', planted);
    assert.equal(code, 0, stderr);
  });

  after(async () => {
    await cloud.onHost('compute-01', 'rm -f /etc/nova/nova.conf');
    await cloud.reset();
  });

  const stateOf = (checks: readonly ConnectionCheck[], title: RegExp): string =>
    checks.find((check) => title.test(check.title))?.state ?? assert.fail(`${title}: no such check`);

  it('learns the databases from the controller, and asks nobody for their passwords', async () => {
    const secrets = memorySecrets();
    const product = productOn(
      cloud,
      {},
      {
        secrets,
        prompts: {
          trustHostKey: () => Promise.resolve(false),
          password: () => Promise.reject(new Error('nobody was to be asked')),
        },
      },
    );
    const { checks, learned } = await product.testConnection({ ...setting, controller: 'compute-01' });
    assert.deepEqual(learned, {
      apiDatabase: `mysql://nova@127.0.0.1:${cloud.database.port}/nova_api`,
      database: { via: 'ssh' },
    });
    for (const title of [/nova\.conf on compute-01/, /^API database/, /Cell cell1/, /Host compute-02/]) {
      assert.equal(stateOf(checks, title), 'good', JSON.stringify(checks));
    }
    assert.equal(stateOf(checks, /Host compute-04/), 'bad');
    assert.ok((await secrets.keys()).length > 0);
    assert.ok(!JSON.stringify([checks, learned]).includes(cloud.database.password));
  });

  it('fills in the URLs of cells that are templates, as Nova does', async () => {
    await cloud.sql(`UPDATE nova_api.cell_mappings SET database_connection =
      '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell1?{query}' WHERE name = 'cell1'`);
    const [[uuid = ''] = []] = await cloud.sql(
      "SELECT uuid FROM nova_api.cell_mappings WHERE name = 'cell1'",
    );
    const { checks, learned } = await productOn(cloud).testConnection({
      ...setting,
      controller: 'compute-01',
    });
    assert.deepEqual(learned.cells, {
      [uuid ?? '']: `mysql://nova@127.0.0.1:${cloud.database.port}/nova_cell1`,
    });
    assert.equal(stateOf(checks, /Cell cell1/), 'good', JSON.stringify(checks));
  });

  it('tells every check as it comes, and what to do about each that is bad', async () => {
    const told: (readonly ConnectionCheck[])[] = [];
    const { checks } = await productOn(cloud).testConnection(
      { ...setting, apiDatabase: cloud.database.apiUrl },
      { onChange: (now) => told.push(now) },
    );
    assert.deepEqual(
      told[0]?.map(({ state }) => state),
      ['waiting'],
    );
    assert.ok(told.some((now) => now.some(({ state }) => state === 'waiting') && now.length > 5));
    for (const { state, gap } of checks) {
      assert.notEqual(state, 'waiting');
      assert.equal(state === 'bad', gap !== undefined && gap.message !== '' && gap.action !== '');
    }
  });

  it('says so when the controller has no configuration, and goes no further', async () => {
    const { checks, learned } = await productOn(cloud).testConnection({
      ...setting,
      controller: 'compute-06',
    });
    assert.deepEqual(learned, {});
    assert.deepEqual(
      checks.map(({ state, gap }) => [state, gap?.code]),
      [['bad', 'not-found']],
    );
  });

  it('refuses a setting that cannot be read', async () => {
    await assert.rejects(productOn(cloud).testConnection({ name: '' }), { code: 'bad-configuration' });
  });
});
