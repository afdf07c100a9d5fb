import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshConfiguration } from '../../../../src/cloud/configuration';
import type { ConfigOptions } from '../../../../src/cloud/ssh/configOptions';
import { readConfig } from '../../../../src/cloud/ssh/configReader';
import type { JumpSpec } from '../../../../src/cloud/ssh/jumpSpec';
import { resolveRoute, thisMachine } from '../../../../src/cloud/ssh/resolveHop';
import { OperatorError } from '../../../../src/model/errors';
import { run } from '../../../cloud/run';
import { silent } from './shellTarget';

/** Text of the config, and the host that ssh is called with; `D` in it is a folder with the files below. */
const configs: readonly (readonly [text: string, host?: string])[] = [
  [''],
  ['Host compute-*\nUser nova\nPort 2222\nHost *\nUser other\nPort 33'],
  ['Host * !compute-01\nUser nova'],
  ['Host !compute-02 compute-*\nUser nova'],
  ['Host !compute-02\nUser nova'],
  ['Host compute-0? "other host"\nUser nova'],
  ['Host COMPUTE-01\nUser nova'],
  ['Host compute-01\nUser nova', 'Compute-01'],
  ['User=bob\nPort = 33\n\tHostName\t=\t10.0.0.1'],
  ['user "bob smith" # a comment\nPORT 0044 # another'],
  ["User 'bob'#no-comment"],
  ['User bo\\ b\\"x\\n'],
  ['HostName %h.Example.org'],
  ['HostName a%%b-%h\nHostName other'],
  ['Host compute-01\nHostName 10.0.0.7\nMatch host 10.0.0.7\nUser nova\nMatch host compute-01\nPort 9'],
  ['Match originalhost COMPUTE-01\nUser nova'],
  ['Match user nobody\nPort 1\nMatch user root,nova localuser *\nPort 2'],
  ['User nova\nMatch user nova host comp*\nPort 7\nMatch all\nUserKnownHostsFile /a'],
  ['Match !host compute-02\nUser nova\nMatch !all\nPort 5'],
  ['Match host="compute-01" user * # really\nPort 5'],
  ['Match host x exec "true"\nPort 5'],
  [
    'IdentityFile /keys/a\nHost compute-01\nIdentityFile "~/.ssh/b c"\nIdentityFile /keys/a\nHost x\nIdentityFile /keys/d',
  ],
  ['IdentityFile none\nIdentityFile ~/k-%h-%r'],
  ['IdentitiesOnly Yes\nIdentityAgent $FOO\nIdentityAgent none'],
  ['IdentityAgent SSH_AUTH_SOCK'],
  ['IdentityAgent ${HOME}/agent-%u'],
  ['Host compute-*\nProxyJump a'],
  ['Host compute-*\nProxyJump a@x:22,b.example.org,[fe80::1]:2200'],
  ['Host compute-*\nProxyJump ssh://u@b:33/'],
  ['Host compute-*\nProxyJump none\nProxyJump b'],
  ['Host compute-*\nProxyJump NONE\nProxyCommand nc %h %p'],
  ['Host compute-*\nProxyCommand none\nProxyJump b'],
  ['Host compute-*\nProxyCommand ssh -W "%h:%p" b # not a comment\nProxyJump b'],
  ['Host compute-*\nProxyJump b # a comment\nProxyCommand c'],
  ['Host compute-*\nProxyCommand = nc -x "a b" %h'],
  ['Host x\nProxyJump a\nHost compute-01\nProxyJump b'],
  ['UserKnownHostsFile /a "~/b c" /d\nUserKnownHostsFile /e'],
  [
    'UserKnownHostsFile ~/known-%h-%p-%r ${HOME}/x-%n-%k-%u-%d-%%\nHostName real-%h\nPort 23\nUser bob\nHostKeyAlias al',
  ],
  ['UserKnownHostsFile none\nGlobalKnownHostsFile /g /h'],
  ['StrictHostKeyChecking no'],
  ['StrictHostKeyChecking off\nStrictHostKeyChecking yes'],
  ['StrictHostKeyChecking Accept-New\nHostKeyAlias the-alias'],
  ['StrictHostKeyChecking true'],
  ['ConnectTimeout 1m30s\nServerAliveInterval 1h\nServerAliveCountMax 7'],
  ['ConnectTimeout 3\nConnectTimeout none'],
  ['Include D/one.conf\nUser late'],
  ['Include D/*.conf'],
  ['Include D/[ab]*.inc D/?ne.conf D/nothing-*'],
  ['Include D/[!a]*.inc'],
  ['Host x\nInclude D/one.conf\nHost compute-01\nPort 6'],
  ['Host compute-01\nInclude D/blocks.conf\nPort 6'],
  ['Include D/nested/outer'],
  ['Host x\nUser "a" # b\nSendEnv LANG LC_*\nForwardAgent yes\nUser b'],
  ['"User" bob\n  # a comment\n\n   \nPort 5   '],
];

/** What ssh refuses, we refuse. */
const wrong: readonly string[] = [
  'Port 70000',
  'Port 0',
  'Port 22 33',
  'Port x',
  'Port',
  'User "bob',
  'User ""',
  'User a b',
  'Host x\nUser a b',
  'Host ""',
  'Host',
  'Match',
  'Match host',
  'Match all host x',
  'Match nonsense x',
  'ProxyJump u@b:0',
  'ProxyJump @c',
  'ProxyJump a, b',
  'ProxyJump ssh://u@b/x',
  'ProxyCommand foo "bar',
  'IdentitiesOnly maybe',
  'StrictHostKeyChecking sometimes',
  'ConnectTimeout 5x',
  'UserKnownHostsFile /a none',
  'ServerAliveCountMax -1',
  'Include D/circle',
  'Include D/writable',
];

describe('ssh_config', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-config-'));
    const write = (name: string, text: string, mode = 0o600): void =>
      writeFileSync(join(folder, name), `${text.replaceAll('D/', `${folder}/`)}\n`, { mode });
    mkdirSync(join(folder, 'nested'));
    mkdirSync(join(folder, 'folder.conf'));
    write('one.conf', 'User one');
    write('two.conf', 'User two\nPort 222\nIdentityFile /two');
    write('.hidden.conf', 'ServerAliveCountMax 9');
    write('a1.inc', 'Port 101');
    write('b1.inc', 'Port 102\nIdentityFile /b');
    write('blocks.conf', 'Host other\nUser other\nMatch all\nUser inner');
    write('nested/outer', 'Host compute-01\nInclude D/nested/inner\nHost x\nInclude D/nested/inner\nPort 3');
    write('nested/inner', 'Host *\nIdentityFile /inner\nUser inner');
    write('circle', 'Include D/circle');
    write('writable', 'User x');
    // The umask would take these bits away.
    chmodSync(join(folder, 'writable'), 0o666);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('reads as ssh -G does', async () => {
    for (const [text, host = 'compute-01'] of configs) {
      const file = save(text);
      assert.deepEqual(await ours(file, host), await referee(file, host), text);
    }
  });

  it('refuses what ssh refuses, and names file and line', async () => {
    for (const text of wrong) {
      const file = save(text);
      assert.notEqual((await run('ssh', ['-G', '-F', file, 'compute-01'])).code, 0, text);
      await assert.rejects(ours(file, 'compute-01'), (error) => {
        assert.ok(OperatorError.is(error, 'bad-configuration'), `${text}: ${String(error)}`);
        if (!text.endsWith('writable')) assert.match(error.message, /, line \d+: /);
        return error.message.includes(folder);
      });
    }
  });

  function save(text: string): string {
    const file = join(folder, 'config');
    writeFileSync(file, `${text.replaceAll('D/', `${folder}/`)}\n`, { mode: 0o600 });
    return file;
  }
});

function jumpText({ user, host, port }: JumpSpec): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return [user === undefined ? '' : `${user}@`, name, port === undefined ? '' : `:${port}`].join('');
}

function settingsOf(configFile: string): SshConfiguration {
  return { configFile, sudo: 'no', hostsAtATime: 1 };
}

async function ours(file: string, host: string): Promise<object> {
  const options: ConfigOptions = { identityFiles: [] };
  const place = { home: homedir(), configFile: file, systemFile: '/dev/null' };
  await readConfig({ names: [host], localUser: userInfo().username }, options, place);
  const hop = await resolveRoute({ host, address: host }, settingsOf(file), silent, {
    ...thisMachine(),
    environment: { ...process.env, FOO: '$FOO', SSH_AUTH_SOCK: 'SSH_AUTH_SOCK' },
  });
  return {
    hostname: hop.host.address,
    user: options.user ?? userInfo().username,
    port: String(options.port ?? 22),
    identityfile: options.identityFiles,
    identitiesonly: options.identitiesOnly === true ? 'yes' : 'no',
    identityagent: options.identityAgent && hop.identity.agent,
    knownhostsfiles: hop.knownHostsFiles.join(' '),
    stricthostkeychecking: { yes: 'true', no: 'false', ask: 'ask', 'accept-new': 'accept-new' }[
      options.strictHostKeyChecking ?? 'ask'
    ],
    hostkeyalias: options.hostKeyAlias,
    connecttimeout: String(options.connectTimeout === 0 ? 'none' : (options.connectTimeout ?? 'none')),
    serveraliveinterval: String(options.serverAliveInterval ?? 0),
    serveralivecountmax: String(options.serverAliveCountMax ?? 3),
    proxyjump: options.proxyJump?.length === 0 ? undefined : options.proxyJump?.map(jumpText).join(','),
    proxycommand: options.proxyCommand === 'none' ? undefined : options.proxyCommand,
  };
}

/** What the real ssh makes of it, brought into the same form; what it fills in by itself is left out. */
async function referee(file: string, host: string): Promise<object> {
  const { stdout, stderr, code } = await run('ssh', ['-G', '-F', file, host]);
  assert.equal(code, 0, stderr);
  const lines = stdout.split('\n').map((line) => /^(\S+) (.*)$/.exec(line)?.slice(1) ?? []);
  const all = (key: string): string[] => lines.flatMap(([name, value = '']) => (name === key ? [value] : []));
  const one = (key: string): string | undefined => all(key)[0];
  const identityfile = all('identityfile');
  return {
    hostname: one('hostname'),
    user: one('user'),
    port: one('port'),
    identityfile: identityfile.includes('~/.ssh/id_ed25519_sk') ? [] : identityfile,
    identitiesonly: one('identitiesonly'),
    identityagent: one('identityagent'),
    knownhostsfiles: [one('userknownhostsfile'), one('globalknownhostsfile')].join(' ').replace(/none /, ''),
    stricthostkeychecking: one('stricthostkeychecking'),
    hostkeyalias: one('hostkeyalias'),
    connecttimeout: one('connecttimeout'),
    serveraliveinterval: one('serveraliveinterval'),
    serveralivecountmax: one('serveralivecountmax'),
    proxyjump: one('proxyjump'),
    proxycommand: one('proxycommand'),
  };
}
