import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import type { KindId } from '../../../src/model/kindId';
import { defaultThresholds } from '../../../src/model/scene';
import type { Depth } from '../../../src/model/suspect';
import { waitFor } from '../../cloud/ports';
import { cloudName, fillIn, productOn } from '../../integration/app/product';
import { computeOf, type OpenStack } from '../openstack';
import { sharedOpenStack } from '../sharedOpenStack';
import { Bench } from '../zombies/bench';
import { deleteInterrupted } from '../zombies/deleteInterrupted';
import { makeZombies, type Made } from '../zombies/make';
import { beingBuilt, untouched, use, type Untouched } from '../zombies/untouched';
import type { Zombie } from '../zombies/zombie';
import { zombies } from '../zombies/zombies';

/** What is broken here is so old at least; what is being built, asked for in the last moment, is not. */
const minutes = 1;
const thresholds = {
  ...defaultThresholds,
  deletingMinutes: minutes,
  buildingMinutes: minutes,
  runningDeletedMinutes: minutes,
  directoryQuietMinutes: minutes,
  strayMinutes: minutes,
  // judged by what earlier scans saw
  powerStateMinutes: 0,
  secondLookMinutes: 0,
};

describe('the zombies of a real OpenStack', () => {
  const clouds = mkdtempSync(join(tmpdir(), 'openstack-zombies-clouds-'));
  const configured = process.env.OS_CLIENT_CONFIG_FILE;
  let cloud: OpenStack;
  let bench: Bench;
  let made: Made;
  let product: Zombies;
  let report: ScanReport;

  before(async function () {
    this.timeout(30 * 60_000);
    cloud = await sharedOpenStack();
    bench = new Bench(cloud);
    made = await makeZombies(bench, minutes);
    process.env.OS_CLIENT_CONFIG_FILE = join(clouds, 'clouds.yaml');
    cloud.writeCloudsYaml(process.env.OS_CLIENT_CONFIG_FILE);
    const { databaseUrls, database, hypervisors } = cloud;
    product = productOn(
      { database: { apiUrl: databaseUrls.api, password: database.password }, ssh: hypervisors.ssh },
      { hosts: hypervisors.ssh.addresses, openstack: { cloud: 'zed' } },
      { thresholds: () => thresholds },
    );
    await product.scan(cloudName);
    // a kind that rests on one source is sure at the second look
    report = await product.scan(cloudName);
  });

  after(() => {
    if (configured === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
    else process.env.OS_CLIENT_CONFIG_FILE = configured;
    rmSync(clouds, { recursive: true });
  });

  function uuidOf(zombie: Zombie): string {
    return made.zombies.get(zombie) ?? assert.fail(`${zombie.kind} was not made`);
  }

  function uuidOfUntouched(each: Untouched): string {
    return made.untouched.get(each) ?? assert.fail(`${each.name} was not made`);
  }

  it('reads every source; of hosts with the fake driver it knows that there is no libvirt to ask', () => {
    assert.deepEqual(
      report.sources.filter(({ complete }) => !complete),
      [],
    );
    const domains = report.hosts.map(({ name, domains: count }) => `${name} ${count > 0}`);
    assert.deepEqual(
      domains.sort(),
      cloud.hosts.map(({ name, address }) => `${name} ${address !== undefined}`).sort(),
    );
  });

  for (const zombie of zombies) {
    it(`finds ${zombie.kind}: ${zombie.how}`, () => {
      const suspect = report.suspects.find(({ uuid }) => uuid === uuidOf(zombie)) ?? assert.fail();
      const findings = [suspect, ...suspect.also].filter(({ verdict }) => verdict !== 'legitimate');
      const found = findings.find(({ kind }) => kind === zombie.kind);
      assert.equal(found?.verdict, zombie.verdict, JSON.stringify(found?.missing));
      assert.deepEqual(findings.map(({ kind }) => kind).sort(), [zombie.kind, ...(zombie.also ?? [])].sort());
    });
  }

  it('suspects nothing else', () => {
    const expected = new Set(made.zombies.values());
    const others = report.suspects.filter(
      ({ uuid, verdict }) => !expected.has(uuid) && verdict !== 'legitimate',
    );
    assert.deepEqual(
      others.map(({ uuid, kind, why }) => [uuid, kind, why]),
      [],
    );
  });

  describe('after a cleanup of each', () => {
    before(() => bench.recover());

    async function isSuspected(uuid: string): Promise<boolean> {
      const { found } = await product.lookUp(cloudName, [uuid]);
      const verdict = found[0]?.suspect?.verdict ?? 'legitimate';
      return verdict !== 'legitimate';
    }

    async function isMended(uuid: string): Promise<boolean> {
      const mended = async (): Promise<boolean> => !(await isSuspected(uuid));
      return waitFor(`${uuid} is mended`, 45, mended).then(
        () => true,
        () => false,
      );
    }

    /** Runs the plan of one suspect, after what it asks to do by hand; that may have been all. */
    async function cleanUp(uuid: string, depth: Depth | undefined): Promise<void> {
      const { text, refused } = await product.draft(cloudName, [uuid], depth ? { depth } : {});
      assert.deepEqual(refused, []);
      const commands = [...text.matchAll(/^-- @manual command="([^"]*)"/gm)].map(
        ([, command = '']) => command,
      );
      for (const command of commands) await bench.command(command);
      if (commands.length > 0 && (await isMended(uuid))) return;
      const { sections } = await product.run(fillIn(text));
      assert.deepEqual(
        sections.map(({ outcome }) => outcome),
        ['done'],
        `${JSON.stringify(sections)}\n${text}`,
      );
    }

    for (const zombie of zombies) {
      it(`${zombie.kind} is mended`, async () => {
        const uuid = uuidOf(zombie);
        await zombie.mend?.(bench, uuid);
        // what one kind is mended of may be another one then
        for (let round = 0; round < 3 && (await isSuspected(uuid)); round++)
          await cleanUp(uuid, zombie.depth);
        assert.equal(await isSuspected(uuid), false);
      });
    }

    it('nothing is suspected any more', async () => {
      for (const { uuid, kind, why } of await suspected()) {
        assert.ok(mayBeLeft(uuid).includes(kind), `${uuid} is ${kind}: ${why}`);
        await cleanUp(uuid, undefined);
      }
      assert.deepEqual(await suspected(), []);
    });

    /** Kinds that the plan of another kind of it did not settle, and made young: a lookup saw them as legitimate then. */
    function mayBeLeft(uuid: string): readonly KindId[] {
      // The broker kept the interrupted delete, and nova-compute did what it could when it was back: its last save made
      // a live row of instance_extra below the row that was marked as deleted meanwhile (seen with Zed).
      if (uuid === uuidOf(deleteInterrupted)) return ['live-rows-of-deleted-instance'];
      return zombies.find((zombie) => uuidOf(zombie) === uuid)?.also ?? [];
    }

    async function suspected(): Promise<readonly { uuid: string; kind: KindId; why: string }[]> {
      const { suspects } = await product.scan(cloudName);
      return suspects
        .filter(({ verdict }) => verdict !== 'legitimate')
        .map(({ uuid, kind, why }) => ({ uuid, kind, why }));
    }
  });

  describe('Nova itself, afterwards,', () => {
    before(async () => {
      await cloud.start(computeOf('kvm-12'));
    });

    it('lists all servers', async () => {
      const { code, stdout, stderr } = await cloud.openstack([
        ...['server', 'list', '--all-projects', '-f', 'value', '-c', 'ID'],
      ]);
      assert.equal(code, 0, stderr);
      const listed = new Set(stdout.split('\n'));
      for (const each of made.untouched.values()) assert.ok(listed.has(each), stdout);
    });

    it('finds no orphaned allocation', async () => {
      const { code, stdout } = await cloud.novaManage(['placement', 'audit', '--verbose']);
      assert.equal(code, 0, stdout);
    });

    it('has every untouched instance where its mapping says', async () => {
      for (const uuid of made.untouched.values()) {
        const { code, stdout } = await cloud.novaManage(['cell_v2', 'verify_instance', '--uuid', uuid]);
        assert.equal(code, 0, stdout);
      }
    });

    it('archives what was deleted', async () => {
      const args = ['db', 'archive_deleted_rows', '--until-complete', '--all-cells'];
      const { code, stdout, stderr } = await cloud.novaManage(args);
      assert.ok(code <= 1, stderr);
      assert.doesNotMatch(stdout + stderr, /IntegrityError|foreign key/i);
    });

    it('passes its upgrade check', async () => {
      const { code, stdout } = await cloud.novaStatus(['upgrade', 'check']);
      // 1: the fake driver records no machine type, which is a warning
      assert.ok(code <= 1, stdout);
      assert.doesNotMatch(stdout, /Result: Failure/);
    });

    for (const each of [...untouched, beingBuilt]) {
      it(`serves the instance ${each.name} as ever`, () => use(bench, uuidOfUntouched(each), each));
    }
  });
});
