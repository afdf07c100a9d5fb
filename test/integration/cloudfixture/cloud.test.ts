import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { processesOf } from '../../cloud/processes';
import { run, type Outcome } from '../../cloud/run';

const up = ['compute-01', 'compute-02', 'compute-03', 'compute-05', 'compute-06'];

describe('the demo cloud', function () {
  this.timeout(240_000);
  let directory: string;
  let cloud: DemoCloud;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zombies-cloud-'));
    cloud = await startCloud({ directory, silence: 'hangs' });
  });

  after(async () => {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  });

  for (const host of up) {
    it(`answers on ${host} over SSH as that host`, async () => {
      const answer = await ssh(cloud, host, 'hostname; virsh -c qemu:///system hostname; id -un');
      assert.deepEqual(answer.stdout.split('\n').filter(Boolean), [host, host, 'root'], answer.stderr);
    });

    it(`has on ${host} its own domains only`, async () => {
      const listed = (await ssh(cloud, host, 'virsh -c qemu:///system list --all --uuid')).stdout
        .split(/\s+/)
        .filter(Boolean);
      const processes = Number((await ssh(cloud, host, 'pgrep -c qemu-system')).stdout);
      const active = (await ssh(cloud, host, 'virsh -c qemu:///system list --uuid')).stdout
        .split(/\s+/)
        .filter(Boolean);
      assert.equal(processes, active.length);
      const planted = new Set(cloud.planted.map(({ uuid }) => uuid));
      assert.deepEqual(
        listed.filter((uuid) => !planted.has(uuid)),
        [],
      );
      assert.equal(listed.length > 0, host !== 'compute-05');
    });
  }

  it('has domains on two hosts only where a story says so', async () => {
    const all = await Promise.all(
      up.map(async (host) =>
        (await cloud.onHost(host, 'virsh -c qemu:///system list --all --uuid')).stdout.split(/\s+/),
      ),
    );
    const seen = all.flat().filter(Boolean);
    const twice = seen.filter((uuid, index) => seen.indexOf(uuid) !== index);
    const told = ['copy-left-at-source', 'evacuated-and-back', 'migrating-now'];
    assert.deepEqual(twice.sort(), told.map((name) => plantedUuid(cloud, name)).sort());
  });

  it('refuses a login without the key', async () => {
    const answer = await run('ssh', [
      ...options(cloud, false),
      '-o',
      'IdentityFile=none',
      address(cloud, 'compute-01'),
      'true',
    ]);
    assert.equal(answer.code, 255);
    assert.match(answer.stderr, /Permission denied/);
  });

  it('takes a connection on compute-04 and never says a word', async () => {
    const socket = createConnection({ host: cloud.ssh.addresses['compute-04'], port: cloud.ssh.port });
    const said = await new Promise<string>((resolve, reject) => {
      socket.on('data', () => resolve('something')).on('error', reject);
      socket.on('connect', () => setTimeout(() => resolve('nothing'), 1000));
    });
    socket.destroy();
    assert.equal(said, 'nothing');
    await assert.rejects(cloud.onHost('compute-04', 'true'), /compute-04 is not up/);
  });

  it('keeps at least 60 things that no cleanup may touch, and knows the twin of every story', () => {
    assert.ok(cloud.planted.filter(({ mustSurvive }) => mustSurvive).length >= 60);
    const names = new Set(cloud.planted.map(({ name }) => name));
    assert.deepEqual(
      cloud.planted.filter(({ twinOf }) => twinOf !== undefined && !names.has(twinOf)),
      [],
    );
  });

  it('has disks whose length is real and whose use is not', async () => {
    const { stdout } = await cloud.onHost(
      'compute-01',
      `cd ${cloud.instancesPath} && du -s --apparent-size -B1 . && du -s -B1 . && df -B1 --output=source . | tail -1`,
    );
    const [apparent = 0, used = 0] = stdout.split('\n').map((line) => Number.parseInt(line, 10));
    assert.ok(apparent > 100 * 2 ** 30 && used < 100 * 2 ** 20, stdout);
  });

  it('comes back to the same bytes after any damage', async () => {
    const now = new Date('2026-01-31T12:00:00Z');
    await cloud.reset(now);
    const before = await everything(cloud);
    const zombie = plantedUuid(cloud, 'stuck-still-running');
    await cloud.sql(
      "SET foreign_key_checks = 0; DELETE FROM instances; UPDATE services SET host = CONCAT('x', id)",
      'nova_cell1',
    );
    await cloud.sql('DROP TABLE build_requests; CREATE TABLE stranger (id int)', 'nova_api');
    await cloud.sql('DROP DATABASE nova_cell0');
    const wrecked = await cloud.onHost(
      'compute-02',
      `virsh -c qemu:///system destroy ${zombie} && virsh -c qemu:///system undefine ${zombie} &&
       rm -r ${cloud.instancesPath}/${zombie} && touch ${cloud.instancesPath}/_base/* && mkdir ${cloud.instancesPath}/x`,
    );
    assert.equal(wrecked.code, 0, wrecked.stderr);
    await cloud.reset(now);
    const after = await everything(cloud);
    for (const [part, text] of Object.entries(before)) assert.ok(text === after[part], `${part} differs`);
  });

  it("shows in an instance's dump every row of it, also the events of its actions", async () => {
    await cloud.reset();
    const dump = await cloud.dumpInstance(plantedUuid(cloud, 'stuck-with-port'));
    const tables = new Set(dump.split('\n').map((line) => line.split('\t')[0]));
    for (const table of [
      'nova_cell2.instances',
      'nova_cell2.instance_actions_events',
      'nova_api.instance_mappings',
      'placement.allocations',
    ]) {
      assert.ok(tables.has(table), table);
    }
  });

  it('leaves no process behind, even when its owner was killed before it could stop', async () => {
    const own = mkdtempSync(join(tmpdir(), 'zombies-stop-'));
    await startCloud({ directory: own, hosts: false });
    const forgotten = processesOf(own);
    assert.equal(forgotten.length, 1);
    const second = await startCloud({ directory: own, hosts: false });
    const running = processesOf(own);
    await second.stop();
    assert.deepEqual(
      running.filter((pid) => forgotten.includes(pid)),
      [],
    );
    assert.deepEqual(processesOf(own), []);
    rmSync(own, { recursive: true });
  });

  it('takes its hosts with it when it stops', async () => {
    const shells = (await run('pgrep', ['-f', directory])).stdout.split('\n').filter(Boolean);
    assert.ok(shells.length > 30);
    await cloud.stop();
    assert.equal((await run('pgrep', ['-f', directory])).stdout, '');
  });
});

async function everything(cloud: DemoCloud): Promise<Record<string, string>> {
  const parts: Record<string, string> = { databases: await cloud.dump() };
  for (const host of up) {
    parts[`tree of ${host}`] = await cloud.listTree(host);
    const list = await cloud.onHost(
      host,
      "virsh -c qemu:///system list --all | awk 'NR > 2 { print $2, $3, $4 }' | sort",
    );
    parts[`domains of ${host}`] = list.stdout;
  }
  return parts;
}

function plantedUuid(cloud: DemoCloud, name: string): string {
  const found = cloud.planted.find((planted) => planted.name === name);
  assert.ok(found, name);
  return found.uuid;
}

function ssh(cloud: DemoCloud, host: string, command: string): Promise<Outcome> {
  return run('ssh', [...options(cloud, true), address(cloud, host), command]);
}

function address(cloud: DemoCloud, host: string): string {
  return `root@${cloud.ssh.addresses[host] ?? ''}`;
}

function options({ ssh: { port, keyFile, knownHostsFile } }: DemoCloud, withKey: boolean): string[] {
  const settings = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHostsFile}`,
  ];
  return [
    '-F',
    'none',
    '-p',
    String(port),
    ...(withKey ? ['-i', keyFile] : []),
    ...settings.flatMap((setting) => ['-o', setting]),
  ];
}
