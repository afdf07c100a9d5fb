import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cell0Uuid } from '../../../src/model/uuid';
import type { ScanReport } from '../../../src/app/api';
import { OperatorError, type ErrorCode } from '../../../src/model/errors';
import type { Gap } from '../../../src/model/source';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

/** Clear: says what, says what to do, holds no password. */
function isClear(
  problem: { code: ErrorCode; message: string; action: string } | undefined,
  cloud: DemoCloud,
): boolean {
  return (
    problem !== undefined &&
    problem.message.length > 10 &&
    problem.action.length > 10 &&
    !`${problem.message}${problem.action}`.includes(cloud.database.password)
  );
}

describe('bad input', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  const server = (): string => `mysql://nova@127.0.0.1:${String(cloud.database.port)}`;

  async function rejection(work: Promise<unknown>): Promise<OperatorError> {
    const error: unknown = await work.then(
      () => assert.fail('it was accepted'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof OperatorError, String(error));
    assert.ok(isClear(error, cloud), `${error.message} | ${error.action}`);
    return error;
  }

  function gap(report: ScanReport, id: string): Gap {
    const found = report.sources.find((source) => source.id === id)?.gap;
    assert.ok(found, `${id} has no gap`);
    assert.ok(isClear(found, cloud), `${found.message} | ${found.action}`);
    return found;
  }

  describe('of the API database', () => {
    it('a wrong password is a refused login', async () => {
      const product = productOn(
        cloud,
        {},
        { prompts: { password: () => Promise.resolve('wrong'), trustHostKey: () => Promise.resolve(false) } },
      );
      assert.equal((await rejection(product.scan(cloudName))).code, 'refused-login');
    });
    it('a server that is not there is unreachable', async () => {
      const product = productOn(cloud, { apiDatabase: 'mysql://nova@127.0.0.1:9/nova_api' });
      assert.equal((await rejection(product.scan(cloudName))).code, 'unreachable');
    });
    it('a database that is not there is named', async () => {
      await cloud.sql("GRANT ALL ON nova_nowhere.* TO 'nova'@'%'").catch(() => undefined);
      const error = await rejection(
        productOn(cloud, { apiDatabase: `${server()}/nova_nowhere` }).scan(cloudName),
      );
      assert.ok(['no-such-database', 'permission-denied'].includes(error.code), error.code);
      assert.match(error.message, /nova_nowhere/);
    });
    it('a database that is not nova_api is told apart', async () => {
      const error = await rejection(
        productOn(cloud, { apiDatabase: `${server()}/nova_cell1` }).scan(cloudName),
      );
      assert.equal(error.code, 'not-a-nova-database');
    });
  });

  describe('of a cell', () => {
    const cell1 = async (): Promise<string> =>
      (await cloud.sql("SELECT uuid FROM cell_mappings WHERE name = 'cell1'", 'nova_api'))[0]?.[0] ?? '';

    it('a URL of a database that is no cell is a gap of that cell', async () => {
      const uuid = await cell1();
      const report = await productOn(cloud, { cells: { [uuid]: `${server()}/placement` } }).scan(cloudName);
      assert.equal(gap(report, `cell:${uuid}`).code, 'not-a-nova-database');
    });
    it('a missing table is named', async () => {
      const uuid = await cell1();
      await cloud.sql('RENAME TABLE migrations TO migrations_away', 'nova_cell1');
      try {
        const found = gap(await productOn(cloud).scan(cloudName), `cell:${uuid}`);
        assert.ok(['table-missing', 'not-a-nova-database'].includes(found.code));
        assert.match(found.message, /migrations/);
      } finally {
        await cloud.sql('RENAME TABLE migrations_away TO migrations', 'nova_cell1');
      }
    });
    it('an unknown table that references instances blocks the draft and is named', async () => {
      await cloud.sql(
        'CREATE TABLE vendor_notes (id int PRIMARY KEY, instance_uuid varchar(36) CHARACTER SET utf8mb3, FOREIGN KEY (instance_uuid) REFERENCES instances (uuid))',
        'nova_cell1',
      );
      try {
        const product = productOn(cloud);
        const uuid = await cell1();
        const { suspects } = await product.scan(cloudName);
        const stuck = suspects.find(
          ({ kind, verdict, cell }) => kind === 'stuck-deleting' && verdict === 'confirmed' && cell === uuid,
        );
        assert.ok(stuck);
        const { refused } = await product.draft(cloudName, [stuck.uuid]);
        assert.equal(refused[0]?.uuid, stuck.uuid);
        assert.match(refused[0].reason, /vendor_notes/);
      } finally {
        await cloud.sql('DROP TABLE vendor_notes', 'nova_cell1');
      }
    });
  });

  describe('of a host', () => {
    it('a port where no sshd listens is unreachable', async () => {
      const found = gap(await productOn(cloud).scan(cloudName), 'host:compute-04');
      assert.equal(found.code, 'unreachable');
    });
    it('a key that the host refuses is a refused login', async () => {
      const keyFile = join(mkdtempSync(join(tmpdir(), 'openstack-zombies-key-')), 'key');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
      const { port, knownHostsFile } = cloud.ssh;
      const report = await productOn(cloud, { ssh: { user: 'root', port, keyFile, knownHostsFile } }).scan(
        cloudName,
      );
      assert.equal(gap(report, 'host:compute-01').code, 'refused-login');
    });
    it('an unknown host key that is not trusted is a gap', async () => {
      const { port, keyFile } = cloud.ssh;
      const knownHostsFile = '/dev/null';
      const report = await productOn(cloud, { ssh: { user: 'root', port, keyFile, knownHostsFile } }).scan(
        cloudName,
      );
      assert.equal(gap(report, 'host:compute-01').code, 'host-key-unknown');
    });
    it('another machine behind its address is the wrong machine', async () => {
      const hosts = { 'compute-02': cloud.ssh.addresses['compute-01'] ?? '' };
      assert.equal(
        gap(await productOn(cloud, { hosts }).scan(cloudName), 'host:compute-02').code,
        'wrong-machine',
      );
    });
    it('a session libvirt in place of the system one is no answer', async () => {
      const report = await productOn(cloud, { libvirtUri: 'qemu:///session' }).scan(cloudName);
      assert.equal(gap(report, 'host:compute-01').code, 'session-libvirt');
      // what is left in cell0 was never on any host
      assert.deepEqual(
        report.suspects.filter(({ verdict, cell }) => verdict === 'confirmed' && cell !== cell0Uuid),
        [],
      );
    });
    it('an instances path that cannot be read is a gap', async () => {
      const report = await productOn(cloud, { instancesPath: '/nonexistent' }).scan(cloudName);
      assert.match(gap(report, 'host:compute-01').message, /\/nonexistent/);
    });
  });

  describe('of a plan', () => {
    let text: string;
    before(async () => {
      const product = productOn(cloud);
      const { suspects } = await product.scan(cloudName);
      const confirmed = suspects.find(
        ({ kind, verdict }) => kind === 'rows-without-parent' && verdict === 'confirmed',
      );
      assert.ok(confirmed);
      text = fillIn((await product.draft(cloudName, [confirmed.uuid])).text);
    });
    const broken: Readonly<Record<string, (plan: string) => string>> = {
      'a statement without its WHERE': (plan) => plan.replace(/ WHERE [^;]*;/s, ';'),
      'a change that is not expected': (plan) => plan.replace(/^-- @expect.*\n/m, ''),
      'an unknown directive': (plan) => plan.replace('-- @unit', '-- @unlt'),
      'a string that does not end': (plan) => plan.replace(/';/, ';'),
      'foreign key checks turned off': (plan) =>
        plan.replace('START TRANSACTION;', 'START TRANSACTION;\nSET FOREIGN_KEY_CHECKS=0;'),
      'no header': (plan) => plan.replace(/^-- @plan.*\n/m, ''),
    };
    for (const [what, damage] of Object.entries(broken)) {
      it(`${what} is refused before anything is done`, async () => {
        const damaged = damage(text);
        assert.notEqual(damaged, text);
        const product = productOn(cloud);
        const errors = product.check(damaged).filter(({ severity }) => severity === 'error');
        assert.ok(errors.length > 0);
        const before_ = await cloud.dump();
        await rejection(product.run(damaged));
        assert.equal(await cloud.dump(), before_);
      });
    }
    it('a plan of another cloud is refused', async () => {
      const cells = /cells=\[[^\]]*\]/;
      const other = text.replace(cells, 'cells=["11111111-2222-4333-8444-555555555555"]');
      const before_ = await cloud.dump();
      assert.equal((await rejection(productOn(cloud).run(other))).code, 'plan-refused');
      assert.equal(await cloud.dump(), before_);
    });
    it('a plan of a cloud that is not configured is refused', async () => {
      await rejection(productOn(cloud).run(text.replace('cloud="demo"', 'cloud="elsewhere"')));
    });
  });
});
