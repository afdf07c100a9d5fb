import assert from 'node:assert/strict';
import {
  findComputeConf,
  findNovaConf,
  type FoundController,
} from '../../../../src/cloud/discovery/findNovaConf';
import { cellAddress } from '../../../../src/cloud/discovery/urlParts';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { openShell, shellTarget } from '../ssh/shellTarget';
import { startSshServer, type SshServer } from '../ssh/sshServer';
import { leaks, novaConf, placementConf, plantTree } from './hostTree';

describe('the configuration of a controller', () => {
  let server: SshServer;
  let shell: Shell;
  let trips = 0;

  before(async () => {
    server = await startSshServer();
    const knownHosts = `[127.0.0.1]:${server.port} ${server.hostKeys.join()}`;
    const opened = await openShell(shellTarget(server, { knownHosts }));
    shell = {
      host: opened.host,
      run: (...call) => {
        trips++;
        return opened.run(...call);
      },
      close: () => opened.close(),
    };
  });

  after(async () => {
    shell.close();
    await server.stop();
  });

  async function within<T>(
    files: Readonly<Record<string, string>>,
    look: (root: string) => Promise<T>,
  ): Promise<T> {
    const tree = plantTree(files);
    trips = 0;
    try {
      const found = await look(tree.root);
      assert.equal(trips, 1);
      assert.deepEqual(leaks(found), []);
      return found;
    } finally {
      tree.remove();
    }
  }

  function find(files: Readonly<Record<string, string>>): Promise<FoundController> {
    return within(files, (root) => findNovaConf(shell, { root }));
  }

  it('is found where packages put it, with all that is asked for', async () => {
    const { best, bestPlacement, problems, files, host } = await find({
      '/etc/nova/nova.conf': novaConf,
      '/etc/placement/placement.conf': placementConf,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(best?.problems, []);
    assert.equal(host, 'compute-01');
    assert.equal(best?.deployment, 'packages');
    assert.deepEqual(best.paths, ['/etc/nova/nova.conf']);
    const { address, path, line } = best.apiDatabase ?? assert.fail();
    assert.deepEqual(address, {
      user: 'nova_api',
      password: 'p@ss-api',
      host: '10.0.0.5',
      port: 3306,
      schema: 'nova_api',
      account: 'nova_api@10.0.0.5:3306',
    });
    assert.deepEqual([path, line], ['/etc/nova/nova.conf', 7]);
    assert.equal(best.cellDatabase?.address.account, 'nova@10.0.0.11:3306');
    assert.equal(best.myIp, '10.0.0.11');
    assert.equal(best.statePath, '/srv/nova');
    assert.equal(best.instancesPath, '/srv/nova/instances');
    assert.equal(best.connectionUri, 'qemu+tls://10.0.0.11/system');
    assert.equal('host' in best, false);
    assert.equal(bestPlacement?.placementDatabase?.address.password, 'pass-placement');
    const states = new Map(files.map(({ path: name, state }) => [name, state]));
    assert.equal(states.get('/etc/nova/nova.conf'), 'read');
    assert.equal(states.get('/etc/kolla/nova-api/nova.conf'), 'absent');
  });

  it('fills the templates of cells', async () => {
    const { best } = await find({ '/etc/nova/nova.conf': novaConf });
    const template = '{scheme}://{username}:{password}@{hostname}/nova_cell1';
    const address = cellAddress(template, best?.cellDatabase?.parts, 'cells.x');
    assert.deepEqual([address.password, address.account], ['pass-cell', 'nova@10.0.0.11:3306']);
  });

  const elsewhere: readonly (readonly [string, string])[] = [
    ['kolla', '/etc/kolla/nova-super-conductor/nova.conf'],
    ['kolla', '/etc/kolla/nova-scheduler/nova.conf'],
    ['kolla', '/etc/kolla/nova-api/nova.conf'],
    ['tripleo', '/var/lib/config-data/puppet-generated/nova/etc/nova/nova.conf'],
    ['lxc', '/var/lib/lxc/c1_nova_api_container-1/rootfs/etc/nova/nova.conf'],
    ['packages', '/etc/nova/nova-api.conf'],
  ];
  for (const [deployment, path] of elsewhere) {
    it(`is found in ${path}`, async () => {
      const { best } = await find({ [path]: novaConf });
      assert.deepEqual([best?.deployment, best?.paths], [deployment, [path]]);
    });
  }

  for (const path of [
    '/etc/kolla/placement-api/placement.conf',
    '/var/lib/config-data/puppet-generated/placement/etc/placement/placement.conf',
    '/var/lib/lxc/c1_placement-1/rootfs/etc/placement/placement.conf',
    '/etc/placement/placement.conf.d/db.conf',
  ]) {
    it(`of Placement is found in ${path}`, async () => {
      const { bestPlacement, best } = await find({ [path]: placementConf });
      assert.equal(bestPlacement?.placementDatabase?.path, path);
      assert.equal(best, undefined);
    });
  }

  it('is put together from all files in the order in which Nova reads them', async () => {
    const { best } = await find({
      '/usr/share/nova/nova-dist.conf': '[DEFAULT]\nstate_path = /dist\nhost = dist\n',
      '/etc/nova/nova.conf': novaConf,
      '/etc/nova/nova.conf.d/10-a.conf': '[DEFAULT]\nmy_ip = 10.0.0.10\n',
      '/etc/nova/nova.conf.d/9-b.conf': '[DEFAULT]\nmy_ip = 10.0.0.9\n',
      '/etc/nova/nova.conf.d/readme.txt': '[DEFAULT]\nmy_ip = 10.0.0.1\n',
    });
    assert.equal(best?.myIp, '10.0.0.9');
    assert.equal(best.cellDatabase?.address.host, '10.0.0.9');
    assert.equal(best.host, 'dist');
    assert.equal(best.statePath, '/srv/nova');
  });

  it('is one that knows the API database, not one of a cell', async () => {
    const cell = '[database]\nconnection = mysql://nova:pass-cell@10.0.0.5/nova_cell1\n';
    const kolla = await find({
      '/etc/kolla/nova-conductor/nova.conf': cell,
      '/etc/kolla/nova-api/nova.conf': novaConf,
    });
    assert.deepEqual(kolla.best?.paths, ['/etc/kolla/nova-api/nova.conf']);
    assert.equal(kolla.configurations.length, 2);
    const devstack = await find({ '/etc/nova/nova_cell1.conf': cell, '/etc/nova/nova.conf': novaConf });
    assert.deepEqual(devstack.best?.paths, ['/etc/nova/nova.conf']);
    assert.equal(devstack.configurations.at(-1)?.cellDatabase?.address.schema, 'nova_cell1');
  });

  it('is the best of several that agree, and none of two that contradict each other', async () => {
    const kolla = '/etc/kolla/nova-scheduler/nova.conf';
    const agreed = await find({ [kolla]: novaConf, '/etc/nova/nova.conf': novaConf });
    assert.deepEqual([agreed.best?.paths, agreed.problems], [[kolla], []]);
    const other = novaConf.replace('p%40ss-api', 'pass-odd');
    const apart = await find({ [kolla]: novaConf, '/etc/nova/nova.conf': other });
    assert.equal(apart.best, undefined);
    assert.deepEqual(
      apart.configurations.map(({ apiDatabase }) => apiDatabase?.address.password),
      ['p@ss-api', 'pass-odd'],
    );
    assert.deepEqual(
      apart.problems.map(({ path }) => path),
      [kolla, '/etc/nova/nova.conf'],
    );
  });

  const broken: Readonly<Record<string, readonly [text: string, line: number, message: RegExp]>> = {
    'a line that is no option': [`${novaConf}pass-odd\n`, 17, /neither/],
    'a section without an end': [novaConf.replace('[database]', '[database pass-odd'), 9, /"\]"/],
    'an option before the sections': [`x = pass-odd\n${novaConf}`, 1, /first section/],
    'a stray continuation': [`  pass-odd\n${novaConf}`, 1, /indented/],
  };
  for (const [what, [text, line, message]] of Object.entries(broken)) {
    it(`with ${what} is not used, and the line is named but not shown`, async () => {
      const { best, configurations } = await find({ '/etc/nova/nova.conf': text });
      assert.equal(best, undefined);
      const [problem] = configurations[0]?.problems ?? [];
      assert.deepEqual([problem?.path, problem?.line], ['/etc/nova/nova.conf', line]);
      assert.match(problem?.message ?? '', message);
    });
  }

  const odd: Readonly<Record<string, readonly [connection: string, message: RegExp]>> = {
    'refers to what is not read': ['mysql://nova:pass-odd$rest@db/nova', /an option that is not read/],
    'refers to an address that only the host knows': ['mysql://nova:pass-odd@$host/nova', /\$host/],
    'goes over two lines': ['mysql://nova:pass-odd@db/nova\n  x', /several lines/],
    'holds a NUL': ['mysql://nova:pass-odd\0@db/nova', /no text/],
    'is of another server': ['postgresql://nova:pass-odd@db/nova', /cannot be read/],
    'is no URL': ['pass-odd', /cannot be read/],
    'is a template': ['mysql://nova:pass-odd@{hostname}/nova', /template/],
  };
  for (const [what, [connection, message]] of Object.entries(odd)) {
    it(`says of a URL that it ${what}`, async () => {
      const { best, configurations } = await find({
        '/etc/nova/nova.conf': `[DEFAULT]\nmy_ip=10.0.0.1\n[api_database]\nconnection = ${connection}\n`,
      });
      assert.equal(best, undefined);
      const [problem] = configurations[0]?.problems ?? [];
      assert.match(problem?.message ?? '', message);
      assert.equal(problem?.line, 4);
      assert.equal(configurations[0]?.myIp, '10.0.0.1');
    });
  }

  it('takes connection_parameters for a part of the URL', async () => {
    const parameters = 'connection_parameters = charset=utf8&unix_socket=/run/db.sock\n';
    const { best } = await find({
      '/etc/nova/nova.conf': novaConf.replace('[api_database]\n', `[api_database]\n${parameters}`),
    });
    assert.equal(best?.apiDatabase?.address.socketPath, '/run/db.sock');
  });

  it('is nothing on a host that has none', async () => {
    const { best, configurations, files } = await find({});
    assert.deepEqual([best, configurations], [undefined, []]);
    assert.ok(files.length > 10 && files.every(({ state }) => state === 'absent'));
  });

  it('is not read from a file without end', async () => {
    const { configurations } = await find({ '/etc/nova/nova.conf': `${novaConf}#${'x'.repeat(3_000_000)}` });
    assert.match(configurations[0]?.problems[0]?.message ?? '', /longer/);
  });

  describe('of a compute host', () => {
    it('has the paths that Nova has by default', async () => {
      const { best, problems } = await within({ '/etc/nova/nova.conf': '[DEFAULT]\nhost = c1\n' }, (root) =>
        findComputeConf(shell, { root }),
      );
      assert.deepEqual(best, {
        deployment: 'packages',
        program: 'nova-compute',
        paths: ['/etc/nova/nova.conf'],
        host: 'c1',
        statePath: '/var/lib/nova',
        instancesPath: '/var/lib/nova/instances',
        problems: [],
      });
      assert.deepEqual(problems, []);
    });

    it('is that of nova-compute, with what all services share', async () => {
      const { best } = await within(
        {
          '/etc/nova/nova.conf': novaConf,
          '/etc/nova/nova-compute.conf': '[DEFAULT]\nmy_ip = 10.0.0.21\ninstances_path = /vms//\n',
        },
        (root) => findComputeConf(shell, { root }),
      );
      assert.equal(best?.program, 'nova-compute');
      assert.deepEqual([best.myIp, best.instancesPath], ['10.0.0.21', '/vms']);
      assert.equal(best.connectionUri, 'qemu+tls://10.0.0.21/system');
    });

    it('may be that of a container, and then says so', async () => {
      const { best, problems } = await within({ '/etc/kolla/nova-compute/nova.conf': novaConf }, (root) =>
        findComputeConf(shell, { root }),
      );
      assert.equal(best?.deployment, 'kolla');
      assert.match(problems[0]?.message ?? '', /container/);
    });

    it('is none of two that contradict each other', async () => {
      const { best, problems } = await within(
        { '/etc/kolla/nova-compute/nova.conf': novaConf, '/etc/nova/nova-cpu.conf': '[DEFAULT]\n' },
        (root) => findComputeConf(shell, { root }),
      );
      assert.equal(best, undefined);
      assert.equal(problems.length, 2);
    });

    it('does not take a relative path for a place', async () => {
      const { best, configurations } = await within(
        { '/etc/nova/nova.conf': '[DEFAULT]\ninstances_path = ../instances\n' },
        (root) => findComputeConf(shell, { root }),
      );
      assert.equal(best, undefined);
      assert.match(configurations[0]?.problems[0]?.message ?? '', /absolute/);
    });
  });
});
