import assert from 'node:assert/strict';
import { findNovaConf, type FoundController } from '../../../../src/cloud/discovery/findNovaConf';
import { permissionsBlock } from '../../../documentation/permissionsDocument';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { openShell, shellTarget } from '../ssh/shellTarget';
import { startSshServer, type SshServer } from '../ssh/sshServer';
import { leaks, novaConf, placementConf, plantTree, type HostTree } from './hostTree';
import { addLoginUser, type LoginUser } from './loginUser';

const lxc = '/var/lib/lxc/c1_nova-1/rootfs/etc/nova/nova.conf';

describe('files that may not be read', () => {
  let server: SshServer;
  let user: LoginUser | undefined;
  let shell: Shell | undefined;
  let tree: HostTree | undefined;

  before(async () => {
    server = await startSshServer();
    user = await addLoginUser(server);
    const target = shellTarget(server, {
      knownHosts: `[127.0.0.1]:${server.port} ${server.hostKeys.join()}`,
      ssh: { user: user.name },
    });
    shell = await openShell(target);
    // as packages, kolla and LXC have them: a closed file, a closed folder, a closed folder of folders
    tree = plantTree(
      {
        '/etc/nova/nova.conf': novaConf,
        '/etc/nova/nova.conf.d/1.conf': '[DEFAULT]\nmy_ip = 10.0.0.12\n',
        '/etc/placement/placement.conf': placementConf,
        '/etc/placement/': '',
        [lxc]: novaConf,
        '/var/lib/lxc/': '',
      },
      0o600,
    );
  });

  after(async () => {
    shell?.close();
    tree?.remove();
    await server.stop();
    await user?.remove();
  });

  async function find(sudo: boolean): Promise<{ found: FoundController; states: Record<string, string> }> {
    const found = await findNovaConf(shell ?? assert.fail(), { root: tree?.root ?? assert.fail(), sudo });
    assert.deepEqual(leaks(found), []);
    return { found, states: Object.fromEntries(found.files.map(({ path, state }) => [path, state])) };
  }

  const closed = {
    '/etc/nova/nova.conf': 'unreadable',
    '/etc/nova/nova.conf.d/1.conf': 'unreadable',
    '/etc/placement/placement.conf': 'unreadable',
    '/etc/placement/placement.conf.d/*.conf': 'unreadable',
    '/var/lib/lxc/*/rootfs/etc/nova/nova.conf': 'unreadable',
    '/etc/kolla/nova-api/nova.conf': 'absent',
  };

  function some(states: Record<string, string>, names: object): Record<string, string | undefined> {
    return Object.fromEntries(Object.keys(names).map((name) => [name, states[name]]));
  }

  for (const [what, rule, sudo] of [
    ['sudo is not to be used', 'NOPASSWD: ALL', false],
    ['sudoers does not name the user', '', true],
    ['sudo asks for a password', 'ALL', true],
    ['sudo allows something else', 'NOPASSWD: /usr/bin/id', true],
  ] as const) {
    it(`are named when ${what}, and nothing is guessed`, async () => {
      user?.allow(rule);
      const { found, states } = await find(sudo);
      assert.deepEqual(some(states, closed), closed);
      assert.equal(found.best, undefined);
      assert.equal(found.bestPlacement, undefined);
      assert.match(found.configurations[0]?.problems[0]?.message ?? '', /sudo -n cat/);
    });
  }

  it('are read with sudo where cat and ls are allowed', async () => {
    user?.allow('NOPASSWD: /usr/bin/cat, /usr/bin/ls');
    const { found, states } = await find(true);
    const open = {
      '/etc/nova/nova.conf': 'sudo',
      '/etc/nova/nova.conf.d/1.conf': 'sudo',
      '/etc/placement/placement.conf': 'sudo',
      [lxc]: 'sudo',
      '/etc/kolla/nova-api/nova.conf': 'absent',
      '/var/lib/lxc/c1_nova-1/rootfs/etc/placement/placement.conf': 'absent',
    };
    assert.deepEqual(some(states, open), open);
    assert.equal('/etc/placement/placement.conf.d/*.conf' in states, false);
    assert.equal(found.best?.myIp, '10.0.0.12');
    assert.equal(found.best.apiDatabase?.address.password, 'p@ss-api');
    assert.equal(found.bestPlacement?.placementDatabase?.address.password, 'pass-placement');
  });

  it('are read with the line for sudoers of docs/permissions.md, and no others', async () => {
    const line = permissionsBlock('The controller', 'sudoers')
      .trim()
      .replaceAll(' /etc', ` ${tree?.root ?? ''}/etc`);
    user?.allow(/NOPASSWD: .*/.exec(line)?.[0] ?? '');
    const { found, states } = await find(true);
    assert.equal(states['/etc/placement/placement.conf'], 'unreadable');
    assert.equal(states['/etc/nova/nova.conf'], 'sudo');
    assert.equal(states['/etc/nova/nova.conf.d/1.conf'], 'sudo');
    assert.equal(found.best?.apiDatabase?.address.password, 'p@ss-api');
  });
});
