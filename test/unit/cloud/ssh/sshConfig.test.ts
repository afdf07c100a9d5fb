import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SshConfiguration } from '../../../../src/cloud/configuration';
import type { Hop } from '../../../../src/cloud/ssh/hop';
import { resolveRoute, type Destination } from '../../../../src/cloud/ssh/resolveHop';
import { OperatorError } from '../../../../src/model/errors';

describe('the way to a host', () => {
  let home: string;
  let warnings: string[];

  before(() => (home = mkdtempSync(join(tmpdir(), 'openstack-zombies-home-'))));
  beforeEach(() => (warnings = []));
  after(() => rmSync(home, { recursive: true }));

  function resolve(
    config: string,
    settings: Partial<SshConfiguration> = {},
    destination: Partial<Destination> = {},
  ): Promise<Hop> {
    const configFile = join(home, 'config');
    writeFileSync(configFile, config, { mode: 0o600 });
    return resolveRoute(
      { host: 'compute-01', address: '10.0.1.1', ...destination },
      { configFile, sudo: 'no', hostsAtATime: 1, ...settings },
      { warn: (message) => void warnings.push(message) },
      { home, user: 'me', environment: { SSH_AUTH_SOCK: '/agent' }, systemConfigFile: '/dev/null' },
    );
  }

  it('is the usual one when nobody says anything', async () => {
    assert.deepEqual(await resolve('', { configFile: 'none' }), {
      host: { host: 'compute-01', address: '10.0.1.1', port: 22 },
      user: 'root',
      identity: {
        files: ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(home, '.ssh', name)),
        kind: 'usual',
        only: false,
        agent: '/agent',
      },
      knownHostsFiles: [
        join(home, '.ssh/known_hosts'),
        join(home, '.ssh/known_hosts2'),
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ],
      strictHostKeyChecking: 'ask',
      timeoutMs: 10_000,
      keepaliveMs: 10_000,
      keepaliveCount: 3,
    });
  });

  const config = `
    Host compute-01
      User nova
      Port 2222
      HostName mgmt-%h
      IdentityFile ~/.ssh/%r-key
      UserKnownHostsFile ~/known
      ProxyJump a`;

  it('is as ssh_config says', async () => {
    const hop = await resolve(config);
    assert.deepEqual(hop.host, { host: 'compute-01', address: 'mgmt-compute-01', port: 2222 });
    assert.equal(hop.user, 'nova');
    assert.deepEqual(hop.identity.files, [join(home, '.ssh/nova-key')]);
    assert.equal(hop.knownHostsFiles[0], join(home, 'known'));
    assert.deepEqual(wayOf(hop), ['me@a:22', 'nova@mgmt-compute-01:2222']);
  });

  it('is as the settings of the cloud say, whatever ssh_config says', async () => {
    const settings = { user: 'op', port: 22022, keyFile: '~/%h', knownHostsFile: '~/k', jump: 'j@b:9,c' };
    const hop = await resolve(config, settings, { addressIsSet: true });
    assert.deepEqual(wayOf(hop), ['j@b:9', 'me@c:22', 'op@10.0.1.1:22022']);
    assert.deepEqual(hop.identity, {
      files: [join(home, '%h')],
      kind: 'setting',
      only: true,
      agent: '/agent',
    });
    assert.equal(hop.knownHostsFiles[0], join(home, 'k'));
    assert.deepEqual(wayOf(await resolve(config, { jump: 'none' })), ['nova@mgmt-compute-01:2222']);
  });

  it('is found by the name of the host and by its address, and a denial of one is enough', async () => {
    assert.equal((await resolve('Host 10.0.*\nUser nova')).user, 'nova');
    assert.equal((await resolve('Host * !10.0.1.1\nUser nova')).user, 'root');
    assert.equal((await resolve('Host * !compute-01\nUser nova')).user, 'root');
    assert.equal((await resolve('Match host 10.0.*\nUser nova')).user, 'nova');
  });

  it('goes through jump hosts as each of them is configured', async () => {
    const text = `
      Host compute-*
        ProxyJump first,second
      Host first
        ProxyJump zero
        HostName 192.0.2.1
        IdentityFile none
      Host second
        ProxyJump not-asked
        HostKeyAlias s2
        StrictHostKeyChecking yes`;
    const hop = await resolve(text, { keyFile: '/key' });
    assert.deepEqual(wayOf(hop), ['me@zero:22', 'me@192.0.2.1:22', 'me@second:22', 'root@10.0.1.1:22']);
    const second = hop.via?.kind === 'jump' ? hop.via.hop : assert.fail();
    assert.deepEqual([second.host.alias, second.strictHostKeyChecking], ['s2', 'yes']);
    assert.deepEqual(second.identity.files, ['/key']);
    const first = second.via?.kind === 'jump' ? second.via.hop : assert.fail();
    assert.deepEqual([first.identity.files, first.identity.kind], [[], 'configured']);
  });

  it('does not go in circles', async () => {
    await refused(resolve('ProxyJump a'), /circle: compute-01, a, a/);
    await refused(
      resolve('Host compute-01 b\nProxyJump a\nHost a\nProxyJump b'),
      /circle: compute-01, a, b, a/,
    );
  });

  it('goes through a command, but puts nothing into it that a shell could take for something else', async () => {
    const command = 'ProxyCommand nc -X %% %h %p %r %n';
    assert.deepEqual((await resolve(command)).via, {
      kind: 'command',
      command: 'nc -X % 10.0.1.1 22 root compute-01',
    });
    for (const host of ['$(reboot)', 'a;b', '-oProxyCommand=x', "a'b", 'a b', 'a\nb', '`id`', '']) {
      await refused(resolve('ProxyCommand nc %n', {}, { host }), /a shell could take/);
    }
    await resolve('ProxyCommand nc %h', {}, { host: '$(reboot)' });
    await refused(resolve('ProxyCommand nc %d'), /%d cannot stand in ProxyCommand/);
  });

  it('asks the agent that IdentityAgent names', async () => {
    assert.equal((await resolve('IdentityAgent none')).identity.agent, undefined);
    assert.equal((await resolve('IdentityAgent $OTHER')).identity.agent, undefined);
    assert.equal((await resolve('IdentityAgent $SSH_AUTH_SOCK')).identity.agent, '/agent');
    assert.equal((await resolve('IdentityAgent ${SSH_AUTH_SOCK}-%u')).identity.agent, '/agent-me');
    assert.equal((await resolve('IdentityAgent ~/a')).identity.agent, join(home, 'a'));
    await refused(resolve('IdentityAgent ${OTHER}'), /variable OTHER/);
  });

  it('never trusts everybody', async () => {
    assert.equal((await resolve('StrictHostKeyChecking off')).strictHostKeyChecking, 'ask');
    assert.match(warnings.join(), /compute-01: "StrictHostKeyChecking no" is not followed/);
    assert.equal((await resolve('StrictHostKeyChecking accept-new')).strictHostKeyChecking, 'accept-new');
  });

  it('is not guessed where ssh would do what is not done here', async () => {
    for (const line of [
      'Match exec "true"',
      'Match final',
      'Match canonical host *',
      'Match !final',
      'RevokedHostKeys /etc/revoked',
      'KnownHostsCommand /bin/true',
      'CanonicalizeHostname yes',
      'ProxyUseFdpass yes',
    ]) {
      await refused(resolve(`User x\n${line}`), /config, line 2: .* is not supported/);
      await resolve(`Host other\n  ${line}\n`.replace(/ {2}Match/, 'Match host other'));
    }
  });

  it('is not taken from a file that others may write', async () => {
    const open = join(home, 'open');
    writeFileSync(open, '');
    const { chmodSync } = await import('node:fs');
    chmodSync(open, 0o620);
    await refused(resolve('', { configFile: open }), /Others than you may write/);
    await refused(resolve('', { configFile: join(home, 'missing') }), /cannot be read/);
  });

  it('is found, or refused with a word for the operator, whatever the file says', async () => {
    const word = fc.constantFrom(
      ...[
        'Host',
        'Match',
        'Include',
        'ProxyJump',
        'ProxyCommand',
        'Port',
        'User',
        'HostName',
        'IdentityFile',
      ],
      ...['IdentityAgent', 'UserKnownHostsFile', 'ConnectTimeout', 'StrictHostKeyChecking', 'all', 'final'],
      ...[
        'host',
        '!',
        '*',
        '"',
        "'",
        '\\',
        '=',
        '#',
        '%',
        '%h',
        '%%',
        '${',
        '${HOME}',
        '~',
        '~/',
        '[',
        '[z-a]',
      ],
      ...[
        'none',
        'yes',
        ',',
        ':',
        '@',
        '1h',
        '99999999999999999999',
        ' ',
        '\t',
        '\r',
        '\f',
        '\0',
        '\n',
        '\n',
      ],
      ...['__proto__', 'constructor', 'config', '/etc/hostname', 'compute-01'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
      fc.array(word).map((words) => words.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 6 }), async (lines) => {
        try {
          await resolve(lines.join('\n'));
        } catch (error) {
          assert.ok(OperatorError.is(error, 'bad-configuration'), String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  async function refused(work: Promise<unknown>, message: RegExp): Promise<void> {
    await assert.rejects(work, (error) => {
      assert.ok(OperatorError.is(error, 'bad-configuration'), String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});

function wayOf({ host, user, via }: Hop): string[] {
  return [...(via?.kind === 'jump' ? wayOf(via.hop) : []), `${user}@${host.address}:${host.port}`];
}
