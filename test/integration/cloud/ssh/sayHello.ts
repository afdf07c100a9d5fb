import { HostTrust } from '../../../../src/cloud/ssh/hostTrust';
import { openShell, type ShellTarget } from '../../../../src/cloud/ssh/openShell';

/** A process of its own: logs in where the argument says and prints what the host answers. */
async function main(): Promise<void> {
  const { host, ssh } = JSON.parse(process.argv[2] ?? '') as Pick<ShellTarget, 'host' | 'ssh'>;
  const trust = new HostTrust({
    cloud: 'prod-eu',
    knownHostsFile: ssh.knownHostsFile,
    store: { get: () => [], add: () => Promise.resolve() },
    prompts: { trustHostKey: () => Promise.resolve(false) },
    logger: console,
  });
  const shell = await openShell({ host, ssh, trust });
  process.stdout.write((await shell.run('echo "$1"', ['hello'])).stdout);
  shell.close();
}

void main();
