import assert from 'node:assert/strict';
import type { ScanReport } from '../../../src/app/api';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, productOn } from './product';

/** Databases and clocks that answer, and are not to be believed. */
describe('a scan that reads something odd', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
  });
  beforeEach(() => cloud.reset());
  after(() => cloud.reset());

  const livesOn = async (host: string): Promise<string[]> => {
    const rows = await cloud.sql(`SELECT uuid FROM nova_cell1.instances
      WHERE host = '${host}' AND deleted = 0 AND vm_state = 'active' AND task_state IS NULL ORDER BY id`);
    const live = new Set(cloud.planted.filter(({ mustSurvive }) => mustSurvive).map(({ uuid }) => uuid));
    return rows.flatMap(([uuid]) => (uuid !== undefined && uuid !== null && live.has(uuid) ? [uuid] : []));
  };

  const draftable = (report: ScanReport): Set<string> =>
    new Set(
      report.suspects
        .filter(({ verdict }) => verdict === 'confirmed' || verdict === 'suspected')
        .map(({ uuid }) => uuid),
    );

  it('removes nothing of instances whose rows a restore from an old backup has lost', async () => {
    const newest = (await livesOn('compute-01')).slice(-3);
    assert.equal(newest.length, 3);
    const list = newest.map((uuid) => `'${uuid}'`).join(', ');
    await cloud.sql(`SET foreign_key_checks = 0;
      UPDATE nova_api.instance_mappings SET created_at = UTC_TIMESTAMP() - INTERVAL 3 HOUR
        WHERE instance_uuid IN (${list});
      DELETE FROM nova_cell1.instances WHERE uuid IN (${list})
        OR created_at > UTC_TIMESTAMP() - INTERVAL 3 HOUR;`);
    const found = draftable(await productOn(cloud).scan(cloudName));
    assert.deepEqual(
      newest.filter((uuid) => found.has(uuid)),
      [],
    );
  });

  it('knows an instance whose UUID a row has in upper case', async () => {
    const [uuid] = await livesOn('compute-01');
    assert.ok(uuid);
    const upper = uuid.toUpperCase();
    await cloud.sql(`SET foreign_key_checks = 0;
      UPDATE nova_cell1.instances SET uuid = '${upper}' WHERE uuid = '${uuid}';
      UPDATE nova_api.instance_mappings SET instance_uuid = '${upper}' WHERE instance_uuid = '${uuid}'`);
    assert.ok(!draftable(await productOn(cloud).scan(cloudName)).has(uuid));
  });

  it('calls nothing stuck because the clock of this machine is ahead', async () => {
    const [uuid] = await livesOn('compute-01');
    assert.ok(uuid);
    await cloud.sql(`UPDATE nova_cell1.instances SET task_state = 'deleting', updated_at = UTC_TIMESTAMP()
      WHERE uuid = '${uuid}'`);
    const ahead = { now: () => new Date(Date.now() + 6 * 3600_000) };
    const report = await productOn(cloud, {}, { clock: ahead }).scan(cloudName);
    assert.ok(!draftable(report).has(uuid));
  });
});
