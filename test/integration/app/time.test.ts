import assert from 'node:assert/strict';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { memoryState } from '../../memoryState';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

const minute = 60_000;

function find({ suspects }: ScanReport, uuid: string): Suspect {
  return suspects.find((suspect) => suspect.uuid === uuid) ?? assert.fail(`${uuid} is no suspect`);
}

/** What scans one after the other show, and what clocks that are off do to it. */
describe('time', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
  });
  beforeEach(() => cloud.reset());
  afterEach(() => turnDatabases(0));

  /** The clock of the database server as it is told to whoever logs in from now on. */
  async function turnDatabases(minutes: number): Promise<void> {
    const time = `SET @@session.timestamp = UNIX_TIMESTAMP() + ${minutes * 60}`;
    await cloud.sql(`SET GLOBAL init_connect = '${minutes === 0 ? '' : time}'`);
  }

  describe('between two scans', () => {
    let product: Zombies;
    let offMs: number;
    let state: ReturnType<typeof memoryState>;
    let hostless: string;

    const open = (): Zombies =>
      productOn(cloud, {}, { state, clock: { now: () => new Date(Date.now() + offMs) } });

    beforeEach(() => {
      offMs = 0;
      state = memoryState();
      product = open();
      const planted = cloud.planted.find(({ name }) => name === 'deleted-without-host');
      hostless = planted?.uuid ?? assert.fail();
    });

    it('what rests on one source is suspected, and confirmed eleven minutes later in another window', async () => {
      const first = find(await product.scan(cloudName), hostless);
      assert.deepEqual([first.verdict, first.sighting?.count], ['suspected', 1]);
      assert.match(first.missing.join(), /one source alone shows it/);
      offMs = 11 * minute;
      await turnDatabases(11);
      product = open();
      const second = find(await product.scan(cloudName), hostless);
      assert.deepEqual([second.verdict, second.sighting?.count], ['confirmed', 2]);
      assert.deepEqual(second.missing, []);
    });

    it('nothing is confirmed by the clock of this machine alone', async () => {
      await product.scan(cloudName);
      offMs = 11 * minute;
      assert.equal(find(await product.scan(cloudName), hostless).verdict, 'suspected');
    });

    it('a plan of what was confirmed is run by a look that agrees', async () => {
      await product.scan(cloudName);
      offMs = 11 * minute;
      await turnDatabases(11);
      await product.scan(cloudName);
      const { text } = await product.draft(cloudName, [hostless], { depth: 'complete' });
      assert.match(text, /verdict="confirmed"/);
      const { sections } = await product.dryRun(fillIn(text));
      assert.deepEqual(
        sections.map(({ outcome, problem }) => [outcome, problem?.message]),
        [['rolled-back', undefined]],
      );
    });
  });

  it('calls nothing stuck because the clock of one cell is behind', async () => {
    const [[uuid = ''] = []] = await cloud.sql(`SELECT uuid FROM nova_cell1.instances
      WHERE host = 'compute-01' AND deleted = 0 AND vm_state = 'active' AND task_state IS NULL LIMIT 1`);
    await cloud.sql(`UPDATE nova_cell1.instances SET task_state = 'deleting',
      updated_at = UTC_TIMESTAMP() - INTERVAL 6 HOUR WHERE uuid = '${uuid}'`);
    assert.equal(find(await productOn(cloud).scan(cloudName), uuid).kind, 'stuck-deleting');
    const behind = `IF(DATABASE() = 'nova_cell1', UNIX_TIMESTAMP() - 6 * 3600, UNIX_TIMESTAMP())`;
    await cloud.sql(`SET GLOBAL init_connect = "SET @@session.timestamp = ${behind}"`);
    const report = await productOn(cloud).scan(cloudName);
    assert.ok(report.suspects.every((suspect) => suspect.uuid !== uuid || suspect.kind !== 'stuck-deleting'));
  });

  it('is read as UTC, whatever the time zone of the database server is', async () => {
    const facts = ({ suspects, backlog }: ScanReport): unknown => [
      suspects.map(({ uuid, kind, verdict, since }) => [uuid, kind, verdict, since]).toSorted(),
      backlog,
    ];
    const usual = facts(await productOn(cloud).scan(cloudName));
    const [[zone = 'SYSTEM'] = []] = await cloud.sql('SELECT @@GLOBAL.time_zone');
    await cloud.sql("SET GLOBAL time_zone = '-11:30'");
    try {
      assert.deepEqual(facts(await productOn(cloud).scan(cloudName)), usual);
    } finally {
      await cloud.sql(`SET GLOBAL time_zone = '${zone}'`);
    }
  });

  describe('of a host whose clock is off', () => {
    const host = 'compute-02';

    /** As its `date` has it; the times of its files are as they were. */
    async function turn(seconds: number): Promise<void> {
      const { code, stderr } = await cloud.onHost(
        host,
        `printf '#!/bin/sh\\necho $(( $(/run/date.real +%%s) + ${seconds} ))\\n' > /run/date.off &&
          cp /bin/date /run/date.real && chmod 755 /run/date.off && mount --bind /run/date.off /bin/date`,
      );
      assert.equal(code, 0, stderr);
    }

    afterEach(() => cloud.onHost(host, 'umount /bin/date; rm -f /run/date.off /run/date.real'));

    const directoryTimes = async (): Promise<{
      aheadMs: number | undefined;
      modified: number;
      told: string;
    }> => {
      const product = productOn(cloud);
      const report = await product.scan(cloudName);
      const planted = cloud.planted.find(
        (each) => each.kind === 'unfinished-removal' && each.host === host && each.expect === 'confirmed',
      );
      const { found } = await product.lookUp(cloudName, [planted?.uuid ?? assert.fail()]);
      const directory = found[0]?.directories.find((each) => each.host === host);
      return {
        aheadMs: report.hosts.find(({ name }) => name === host)?.aheadMs,
        modified: Date.parse(directory?.modifiedAt ?? ''),
        told: found[0]?.suspect?.missing.join('\n') ?? '',
      };
    };

    it('is told in ours, and the difference is told too', async () => {
      const before = await directoryTimes();
      assert.deepEqual([before.aheadMs, before.told], [0, '']);
      await turn(-7200);
      const after = await directoryTimes();
      assert.ok(Math.abs((after.aheadMs ?? 0) + 7200_000) <= 2000, String(after.aheadMs));
      assert.ok(Math.abs(after.modified - before.modified - 7200_000) <= 2000, String(after.modified));
      assert.match(after.told, /compute-02 \(7\d\d\d s behind\)/);
    });
  });
});
