import type { DemoCloud } from '../cloud/demoCloud';

/** VS Code's settings that make the demo cloud known to the extension. Passwords are not settings. */
export function demoSettings({
  database,
  ssh,
  instancesPath,
  apis,
}: Pick<DemoCloud, 'database' | 'ssh' | 'instancesPath' | 'apis'>): Record<string, unknown> {
  const { user, port, keyFile, knownHostsFile, addresses } = ssh;
  return {
    'openstackZombies.clouds': [
      {
        name: 'demo',
        label: 'DEMO',
        color: 'green',
        ...(apis === undefined ? {} : { openstack: { cloud: apis.cloudName } }),
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
