import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConfigurations } from '../../../src/cloud/readConfigurations';

const least = { name: 'prod-eu', apiDatabase: 'mysql://nova@10.0.0.5/nova_api' };

describe('readConfigurations', () => {
  it('fills in what a cloud leaves out', () => {
    assert.deepEqual(readConfigurations([least]), {
      clouds: [
        {
          ...least,
          readOnly: false,
          maxInstances: 20,
          cells: {},
          database: { via: 'direct' },
          ssh: { configFile: '~/.ssh/config', sudo: 'when-needed', hostsAtATime: 16 },
          hosts: {},
          libvirtUri: 'qemu:///system',
        },
      ],
      problems: [],
    });
  });

  it('takes everything that a cloud may say', () => {
    const full = {
      ...least,
      label: 'PRODUCTION',
      color: 'red',
      readOnly: true,
      maxInstances: 5,
      placementDatabase: 'mysql://placement@10.0.0.6/placement',
      cells: { '8f0c6a5e-0000-4000-8000-000000000001': 'mysql://nova@10.0.0.7/nova_cell1' },
      database: {
        via: 'ssh',
        sshHost: 'controller-01',
        tls: { mode: 'verify-identity', ca: '~/ca.pem', cert: '/etc/cert.pem', key: '/etc/key.pem' },
      },
      ssh: {
        user: 'operator',
        port: 2222,
        keyFile: '~/.ssh/id_ed25519',
        knownHostsFile: '/etc/known',
        configFile: 'none',
        jump: 'me@bastion:2222,inner',
        sudo: 'no',
        hostsAtATime: 4,
      },
      hosts: { 'compute-01': '10.0.1.1' },
      hostAddress: '{host}.mgmt.example.org',
      libvirtContainer: 'nova_libvirt',
      libvirtUri: 'qemu+unix:///system',
      instancesPath: '/srv/nova/instances',
    };
    assert.deepEqual(readConfigurations([full]), { clouds: [full], problems: [] });
  });

  it('takes the controller for the way to the databases, where no other host is named', () => {
    const cloud = { ...least, controller: 'controller-01', database: { via: 'ssh' } };
    assert.deepEqual(readConfigurations([cloud]).problems, []);
  });

  it('has no clouds when nothing is set', () => {
    assert.deepEqual(readConfigurations(undefined), { clouds: [], problems: [] });
  });

  it('writes UUIDs of cells and the instances path in the one form that is compared', () => {
    const cells = { '8F0C6A5E-0000-4000-8000-000000000001': 'mysql://nova@db/nova_cell1' };
    const [cloud] = readConfigurations([{ ...least, cells, instancesPath: '/srv/nova//' }]).clouds;
    assert.deepEqual(Object.keys(cloud?.cells ?? {}), ['8f0c6a5e-0000-4000-8000-000000000001']);
    assert.equal(cloud?.instancesPath, '/srv/nova');
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['', 'prod-eu', /object/],
    ['.name', { ...least, name: '' }, /empty/],
    ['.name', { apiDatabase: least.apiDatabase }, /missing/],
    ['.apiDatabase', { name: 'prod-eu' }, /missing/],
    ['.apiDatabase', { ...least, apiDatabase: 'mysql://nova:s3cret@db/nova_api' }, /secret store/],
    ['.apiDatabase', { ...least, apiDatabase: 'postgresql://nova@db/nova_api' }, /cannot be read/],
    ['.readOnly', { ...least, readOnly: 'yes' }, /true or false/],
    ['.readonly', { ...least, readonly: true }, /no such setting/],
    ['.maxInstances', { ...least, maxInstances: 0 }, /whole number/],
    ['.maxInstances', { ...least, maxInstances: 2.5 }, /whole number/],
    ['.color', { ...least, color: 'pink' }, /one of: red/],
    ['.database.via', { ...least, database: { via: 'vpn' } }, /one of: direct, ssh/],
    ['.database.sshHost', { ...least, database: { via: 'ssh' } }, /missing/],
    ['.database.sshHost', { ...least, database: { sshHost: '-oX' } }, /host name/],
    ['.database.tls', { ...least, database: { tls: true } }, /object/],
    ['.database.tls.mode', { ...least, database: { tls: {} } }, /missing/],
    ['.database.tls.mode', { ...least, database: { tls: { mode: 'preferred' } } }, /one of: off/],
    ['.database.tls.key', { ...least, database: { tls: { mode: 'required', cert: 'c' } } }, /missing/],
    ['.database.tls.cert', { ...least, database: { tls: { mode: 'required', key: 'k' } } }, /missing/],
    ['.ssh', { ...least, ssh: null }, /object/],
    ['.ssh.port', { ...least, ssh: { port: 70000 } }, /whole number/],
    ['.ssh.jump', { ...least, ssh: { jump: 'a, b' } }, /user@host:port/],
    ['.ssh.sudo', { ...least, ssh: { sudo: 'yes' } }, /one of: no/],
    ['.ssh.hostsAtATime', { ...least, ssh: { hostsAtATime: 0 } }, /from 1 to 256/],
    ['.ssh.configFile', { ...least, ssh: { configFile: '' } }, /empty/],
    ['.ssh.key', { ...least, ssh: { key: '~/.ssh/id' } }, /no such setting/],
    ['.cells.cell1', { ...least, cells: { cell1: 'mysql://nova@db/nova_cell1' } }, /UUID/],
    ['.hosts.compute-01', { ...least, hosts: { 'compute-01': 17 } }, /text/],
    ['.instancesPath', { ...least, instancesPath: 'instances' }, /absolute/],
    ['.hostAddress', { ...least, hostAddress: 'mgmt.example.org' }, /\{host\} or \{ip\}/],
    ['.hostAddress', { ...least, hostAddress: '-oProxyCommand=x {host}' }, /\{host\} or \{ip\}/],
    ['.hostAddress', { ...least, hostAddress: '{name}.{host}' }, /\{host\} or \{ip\}/],
    ['.libvirtContainer', { ...least, libvirtContainer: '--all' }, /name of a container/],
    ['.instancesPath', { ...least, instancesPath: '/' }, /absolute/],
    ['.instancesPath', { ...least, instancesPath: '/var/lib/../nova' }, /absolute/],
  ];
  for (const [path, cloud, message] of wrong) {
    it(`names clouds[1]${path} and leaves that cloud out: ${JSON.stringify(cloud)}`, () => {
      const { clouds, problems } = readConfigurations([{ ...least, name: 'other' }, cloud]);
      assert.deepEqual(
        clouds.map(({ name }) => name),
        ['other'],
      );
      const problem = problems.find((other) => other.path === `openstackZombies.clouds[1]${path}`);
      assert.match(problem?.message ?? JSON.stringify(problems), message);
    });
  }

  it('never repeats a password', () => {
    const { problems } = readConfigurations([{ ...least, apiDatabase: 'mysql://nova:s3cret@db/nova_api' }]);
    assert.equal(problems.length, 1);
    assert.ok(!JSON.stringify(problems).includes('s3cret'));
  });

  it('refuses a second cloud of the same name', () => {
    const { clouds, problems } = readConfigurations([least, least]);
    assert.equal(clouds.length, 1);
    assert.equal(problems[0]?.path, 'openstackZombies.clouds[1].name');
  });

  it('takes any value without a crash, and never gives a cloud with a problem', () => {
    const anything = fc.anything();
    const cloudLike = fc.record({
      name: fc.oneof(anything, fc.constant('prod-eu')),
      apiDatabase: fc.oneof(anything, fc.constant(least.apiDatabase)),
      ssh: anything,
      cells: anything,
      database: anything,
      hosts: anything,
      readOnly: anything,
    });
    fc.assert(
      fc.property(fc.oneof(anything, fc.array(fc.oneof(anything, cloudLike))), (settings) => {
        const { clouds, problems } = readConfigurations(settings);
        const count = Array.isArray(settings) ? settings.length : 0;
        const bad = new Set(
          problems.map(({ path }) => /^openstackZombies\.clouds(\[\d+\])?/.exec(path)?.[1]),
        );
        assert.equal(clouds.length, Array.isArray(settings) ? count - bad.size : 0);
      }),
    );
  });
});
