import type { DemoCloud } from '../cloud/demoCloud';

/** VS Code's settings that make the demo cloud known to the extension. Passwords are not settings. */
export function demoSettings({
  database,
  ssh,
  instancesPath,
}: Pick<DemoCloud, 'database' | 'ssh' | 'instancesPath'>): Record<string, unknown> {
  const { user, port, keyFile, knownHostsFile, addresses } = ssh;
  return {
    'openstackZombies.clouds': [
      {
        name: 'demo',
        label: 'DEMO',
        color: 'green',
        apiDatabase: database.apiUrl,
        placementDatabase: database.placementUrl,
        // Whatever the ssh_config of this machine says, the demo cloud is reached.
        ssh: { user, port, keyFile, knownHostsFile, configFile: 'none' },
        hosts: addresses,
        libvirtUri: 'qemu:///system',
        instancesPath,
      },
    ],
  };
}
