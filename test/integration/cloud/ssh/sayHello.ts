import type { SshConfiguration } from '../../../../src/cloud/configuration';
import { Passwords } from '../../../../src/cloud/passwords';
import { HostTrust } from '../../../../src/cloud/ssh/hostTrust';
import type { Destination } from '../../../../src/cloud/ssh/resolveHop';
import { Shells } from '../../../../src/cloud/ssh/shells';

/** A process of its own: logs in where the argument says and prints what the host answers. */
async function main(): Promise<void> {
  const { host, ssh } = JSON.parse(process.argv[2] ?? '') as { host: Destination; ssh: SshConfiguration };
  const prompts = { trustHostKey: () => Promise.resolve(false), password: () => Promise.resolve(undefined) };
  const store = { get: () => [], add: () => Promise.resolve() };
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  const shells = new Shells({
    ssh,
    trust: new HostTrust({ cloud: 'prod-eu', store, prompts, logger: console }),
    passwords: new Passwords('prod-eu', { get: nothing, store: nothing, delete: nothing }, prompts),
    logger: console,
  });
  const shell = await shells.open(host);
  process.stdout.write((await shell.run('echo "$1"', ['hello'])).stdout);
  shell.close();
}

void main();
