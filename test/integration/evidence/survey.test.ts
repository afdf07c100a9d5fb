import assert from 'node:assert/strict';
import { survey, hostAddress, type HostReport, type Survey } from '../../../src/evidence/survey';
import type { Source } from '../../../src/model/source';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const answering = ['compute-01', 'compute-02', 'compute-03', 'compute-05', 'compute-06'];

/** Of which rows are left, and no row of `instances`. */
const leftoverKinds = new Set([
  'mapping-without-instance',
  'mapping-left-behind',
  'request-spec-left-behind',
  'group-member-left-behind',
  'untied-rows',
]);

describe('a survey of the demo cloud', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;
  const told: Source[] = [];

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), { ...options, onSource: (source) => told.push(source) });
  });

  const reportOf = (host: string): HostReport => {
    const found = seen.hosts.find((report) => report.host === host);
    assert.ok(found, host);
    return found;
  };

  it('reads every source to the end, but for the host that does not answer', () => {
    const gaps = seen.scene.sources.filter(({ complete }) => !complete);
    assert.deepEqual(
      gaps.map(({ id, gap }) => [id, gap?.code]),
      [['host:compute-04', 'unreachable']],
    );
    assert.match(gaps[0]?.gap?.message ?? '', /compute-04/);
  });

  it('tells of each source once, and the API database first', () => {
    assert.equal(told[0]?.id, 'api-database');
    assert.deepEqual(told.map(({ id }) => id).sort(), seen.scene.sources.map(({ id }) => id).sort());
  });

  it('finds the hosts of services, compute_nodes, host_mappings and the configuration', () => {
    const hosts = [...seen.scene.hosts.values()];
    assert.deepEqual(
      hosts.map(({ name, listed }) => [name, listed]),
      [
        ...['compute-01', 'compute-02', 'compute-03', 'compute-04', 'compute-05'].map((name) => [name, true]),
        ['compute-06', false],
        ['ironic-01', true],
      ],
    );
    assert.equal(hostAddress(seen, 'compute-02')?.address, cloud.ssh.addresses['compute-02']);
    assert.equal(hostAddress(seen, 'nowhere'), undefined);
  });

  it('knows to which cells a host belongs', () => {
    const cellNamed = new Map(seen.cells.map(({ name, uuid }) => [name, uuid]));
    assert.deepEqual(seen.scene.hosts.get('compute-01')?.cells, [cellNamed.get('cell1')]);
    assert.deepEqual(seen.scene.hosts.get('compute-03')?.cells, [cellNamed.get('cell2')]);
    assert.deepEqual(
      seen.scene.hosts.get('compute-06')?.cells,
      [cellNamed.get('cell1')],
      'a live row names it, though no cell lists it',
    );
  });

  for (const host of answering) {
    it(`sees on ${host} the domains that its virsh lists, in their states`, async () => {
      const virsh = 'virsh -q -c qemu:///system';
      const script = `for id in $(${virsh} list --all --uuid); do echo "$id $(${virsh} domstate $id)"; done`;
      const { stdout } = await cloud.onHost(host, script);
      assert.deepEqual(
        reportOf(host)
          .domains.map(({ uuid, state }) => `${uuid} ${state}`)
          .sort(),
        lines(stdout).sort(),
      );
    });

    it(`sees on ${host} the directories that are there, with the sizes of their files`, async () => {
      const script = `cd ${cloud.instancesPath} && for d in *-*-*-*-*; do
        echo "$d $(find "$d" -type f -printf '%s\\n' | awk '{ n += $1 } END { printf "%d", n }')"; done`;
      const { stdout } = await cloud.onHost(host, script);
      assert.deepEqual(
        reportOf(host)
          .directories.map(({ uuid, suffix, bytes }) => `${uuid}${suffix} ${bytes}`)
          .sort(),
        lines(stdout).sort(),
      );
    });
  }

  it('takes the name and the owner of a domain from its metadata, whatever the tenant wrote', async () => {
    const rows = await cloud.sql('SELECT uuid, display_name, project_id, user_id FROM nova_cell1.instances');
    const byUuid = new Map(rows.map(([uuid = '', ...rest]) => [uuid, rest]));
    const named = reportOf('compute-01').domains.flatMap(({ uuid, nova }) => {
      const row = byUuid.get(uuid);
      return nova && row ? [[nova.name, nova.projectId, nova.userId, ...row]] : [];
    });
    assert.ok(named.length > 10);
    for (const [name, project, user, displayName, projectId, userId] of named) {
      assert.deepEqual([name, project, user], [displayName, projectId, userId]);
    }
  });

  it('knows the rows of compute_nodes of a host, which instances.compute_id names since 2023.2', async () => {
    const rows = await cloud.sql(
      "SELECT id, hypervisor_hostname, uuid FROM nova_cell1.compute_nodes WHERE host = 'compute-02' AND deleted = 0",
    );
    const cell = (await cloud.sql("SELECT uuid FROM nova_api.cell_mappings WHERE name = 'cell1'"))[0]?.[0];
    assert.deepEqual(
      seen.scene.hosts.get('compute-02')?.computeNodes,
      rows.map(([id, hypervisorHostname, uuid]) => ({ cell, id: Number(id), hypervisorHostname, uuid })),
    );
    assert.deepEqual(seen.scene.hosts.get('compute-06')?.computeNodes, []);
  });

  it('does not ask a bare-metal service for domains', () => {
    const ironic = seen.scene.hosts.get('ironic-01');
    assert.equal(ironic?.hypervisorType, 'ironic');
    assert.equal(ironic.source.complete, true);
    assert.equal(ironic.domains, 0);
    assert.equal(ironic.expectedDomains, 0);
  });

  it('counts the domains that rows lead to expect, and those that are missing', () => {
    const host = seen.scene.hosts.get('compute-05');
    assert.deepEqual([host?.expectedDomains, host?.missingDomains], [2, 2]);
    assert.equal(
      seen.scene.hosts.get('compute-04')?.missingDomains,
      0,
      'a host that is silent misses nothing',
    );
    const removed = seen.scene.hosts.get('compute-06');
    assert.deepEqual([removed?.expectedDomains, removed?.missingDomains], [1, 0]);
  });

  it('has a glimpse of every live row of every cell', async () => {
    const sql = ['nova_cell0', 'nova_cell1', 'nova_cell2']
      .map((database) => `SELECT uuid, created_at FROM ${database}.instances WHERE deleted = 0`)
      .join(' UNION ALL ');
    const rows = await cloud.sql(sql);
    const live = [...seen.glimpses.values()].flatMap(({ liveRows }) => liveRows);
    assert.equal(seen.instances, rows.length);
    assert.deepEqual(
      live.map(({ uuid, createdAt }) => `${uuid} ${createdAt}`).sort(),
      rows.map(([uuid, made = '']) => `${uuid} ${made.replace(' ', 'T')}Z`).sort(),
    );
  });

  it('finds the leftovers that were planted, and no others', () => {
    const planted = cloud.planted.filter(
      ({ how, kind }) => /by hand|every table but/.test(how) || leftoverKinds.has(kind ?? ''),
    );
    const found = [...seen.glimpses.values()].filter(({ leftovers }) => leftovers.length > 0);
    assert.ok(found.length >= 5);
    const known = new Set(planted.map(({ uuid }) => uuid));
    assert.deepEqual(
      found.filter(({ uuid }) => !known.has(uuid)),
      [],
    );
    const expected = cloud.planted.filter(({ kind }) => kind === 'rows-without-parent');
    const foundUuids = new Set(found.map(({ uuid }) => uuid));
    assert.deepEqual(
      expected.filter(({ uuid }) => !foundUuids.has(uuid)),
      [],
    );
  });

  it('counts the soft-deleted history of each cell', async () => {
    for (const { cell, cellName, instances, oldest } of seen.backlog) {
      const sql = `SELECT COUNT(*), DATE_FORMAT(MIN(deleted_at), '%Y-%m-%dT%TZ') FROM nova_${cellName}.instances WHERE deleted <> 0`;
      const [[count, since] = []] = await cloud.sql(sql);
      assert.deepEqual([String(instances), oldest ?? 'NULL'], [count, since], cell);
    }
    assert.deepEqual(
      seen.backlog.map(({ cell }) => cell),
      seen.cells.map(({ uuid }) => uuid),
    );
  });

  it('reads only the hosts that are asked for, and keeps what is known of the others', async () => {
    const domain = reportOf('compute-01').domains[0];
    assert.ok(domain);
    await cloud.onHost('compute-01', `virsh -c qemu:///system destroy ${domain.uuid}`);
    await cloud.onHost('compute-02', `rm -rf ${cloud.instancesPath}/*-*`);
    const again = await survey(accessTo(cloud), {
      ...options,
      onlyHosts: ['compute-01'],
      previousHosts: seen.hosts.filter(({ host }) => host !== 'compute-05'),
    });
    const [first, second] = again.hosts;
    assert.equal(first?.domains.find(({ uuid }) => uuid === domain.uuid)?.state, 'shut off');
    assert.deepEqual(second, reportOf('compute-02'));
    assert.equal(again.scene.hosts.get('compute-05')?.source.gap?.code, 'not-found');
  });
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
