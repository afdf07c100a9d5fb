import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import { bulkHistory } from '../../cloud/bulkHistory';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { cloudName, productOn } from './product';

const schema = 'nova_cell1';
const afterId = 1_000_000;
const instances = 40;

describe('the soft-deleted history of a cloud', () => {
  let cloud: DemoCloud;
  let zombies: Zombies;
  /** planted, by id */
  let uuids: readonly string[];

  before(async () => {
    cloud = await startCloud({ name: 'app-history' });
  });

  after(async () => {
    await cloud.stop();
  });

  beforeEach(async () => {
    await cloud.reset();
    const [[cellId = ''] = []] = await cloud.sql(
      `SELECT id FROM nova_api.cell_mappings WHERE database_connection LIKE '%${schema}%'`,
    );
    const facts = { schema, api: 'nova_api', cellId: Number(cellId), host: 'compute-01' };
    await cloud.sql(bulkHistory({ ...facts, instances, after: afterId }), schema);
    uuids = (await cloud.sql(`SELECT uuid FROM instances WHERE id > ${afterId} ORDER BY id`, schema)).flat();
    zombies = productOn(cloud);
  });

  const left = async (): Promise<string[]> =>
    (await cloud.sql(`SELECT uuid FROM instances WHERE id > ${afterId} ORDER BY id`, schema)).flat();

  it('is drafted with what stays, deleted, counted among the runs, and brought back to the letter', async () => {
    const before = await cloud.dump();
    const text = await zombies.draftHistory(cloudName, { days: 90 });
    assert.deepEqual(zombies.check(text), []);
    const report = await zombies.run(text);
    assert.deepEqual(
      report.sections.map(({ outcome }) => outcome),
      report.sections.map(() => 'done'),
    );
    assert.deepEqual(await left(), []);
    const [run] = await zombies.runs();
    assert.ok(run);
    assert.deepEqual([run.purpose, run.outcome, run.restored], ['history', 'done', 0]);
    assert.ok(run.instances >= instances && (run.rows ?? 0) >= 24 * instances);
    await zombies.run(await zombies.restorePlan(run.run));
    assert.equal(await cloud.dump(), before);
    assert.equal((await zombies.runs()).find((each) => each.run === run.run)?.restored, run.instances);
  });

  it('stays where a host has something of it, where it is kept, and where its host was not read', async () => {
    const [domain = '', directory = '', keptOne = '', unread = '', project = ''] = uuids;
    const xml = `<domain type="qemu"><name>late</name><uuid>${domain}</uuid><memory unit="MiB">8</memory><os><type>hvm</type></os></domain>`;
    const defined = await cloud.onHost(
      'compute-02',
      `echo '${xml}' > /tmp/late.xml && virsh -c qemu:///system define /tmp/late.xml`,
    );
    assert.equal(defined.code, 0, defined.stderr);
    await cloud.onHost('compute-02', `mkdir /var/lib/nova/instances/${directory}`);
    await zombies.keep(cloudName, { scope: 'instance', id: keptOne, reason: 'a bill is disputed' });
    await cloud.sql(`UPDATE instances SET host = 'compute-04' WHERE uuid = '${unread}'`, schema);
    await cloud.sql(`UPDATE instances SET project_id = 'theirs' WHERE uuid = '${project}'`, schema);
    await zombies.keep(cloudName, { scope: 'project', id: 'theirs', reason: 'a bill is disputed' });
    const text = await zombies.draftHistory(cloudName);
    assert.match(text, /^-- stays +.*marked it to be kept: a bill is disputed: 2$/m);
    await zombies.run(text);
    assert.deepEqual(await left(), [domain, directory, keptOne, unread, project]);
  });

  it('is looked at again by the run: what a host has by then stays', async () => {
    const text = await zombies.draftHistory(cloudName);
    const [directory = ''] = uuids;
    await cloud.onHost('compute-02', `mkdir /var/lib/nova/instances/${directory}`);
    await zombies.run(text);
    assert.deepEqual(await left(), [directory]);
  });

  it('stays while Placement holds something for it', async () => {
    const [consumer = ''] = uuids;
    await cloud.sql(
      `INSERT INTO allocations (resource_provider_id, consumer_id, resource_class_id, used)
       SELECT MIN(id), '${consumer}', 0, 1 FROM resource_providers`,
      'placement',
    );
    await zombies.run(await zombies.draftHistory(cloudName));
    assert.deepEqual(await left(), [consumer]);
  });

  it('is not judged while a cell or Placement does not answer', async () => {
    const text = await zombies.draftHistory(cloudName);
    for (const gone of ['nova_cell2.services', 'placement.allocations']) {
      await cloud.sql(`RENAME TABLE ${gone} TO ${gone}_gone`);
      await assert.rejects(zombies.draftHistory(cloudName), { code: 'unreachable' }, gone);
      await assert.rejects(zombies.run(text), { code: 'unreachable' }, gone);
      await cloud.sql(`RENAME TABLE ${gone}_gone TO ${gone}`);
    }
    assert.equal((await left()).length, instances);
  });

  it('is refused when it is young, and where there is none', async () => {
    await assert.rejects(zombies.draftHistory(cloudName, { days: 6 }), { code: 'bad-configuration' });
    await assert.rejects(zombies.draftHistory(cloudName, { days: 100_000 }), { code: 'not-found' });
  });
});
