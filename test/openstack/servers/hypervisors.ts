import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHost, type Host } from '../../cloud/hosts/host';
import { freePort } from '../../cloud/ports';
import { must } from '../../cloud/run';
import { computeFile } from '../config/write';
import { configuration, hypervisors, type Site } from '../site';

/** The hosts with libvirt, and how the product logs in to them. */
export interface Hypervisors {
  readonly ssh: {
    readonly user: 'root';
    readonly port: number;
    readonly keyFile: string;
    readonly knownHostsFile: string;
    readonly addresses: Readonly<Record<string, string>>;
  };
  /** Throws for a host that has none. */
  get(name: string): Host;
}

/** Starts them side by side; nova-compute is not among what runs in them yet. */
export async function startHypervisors(site: Site): Promise<Hypervisors> {
  const { directory } = site;
  const places = hypervisors(site);
  const keyFile = join(directory, 'ssh/id_ed25519');
  const knownHostsFile = join(directory, 'ssh/known_hosts');
  for (const folder of ['ssh', 'libvirt-cache']) mkdirSync(join(directory, folder), { mode: 0o700 });
  await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'openstack', '-f', keyFile]);
  const addresses = Object.fromEntries(places.map(({ name, address }) => [name, address]));
  const port = await freePort(Object.values(addresses));
  const hosts = await Promise.all(places.map((place) => startHost(directory, place, { port, keyFile })));
  writeFileSync(knownHostsFile, hosts.map(({ knownHost }) => `${knownHost}\n`).join(''));
  for (const { facts, directory: host } of hosts) {
    copyFileSync(configuration(site, computeFile(facts.name)), join(host, 'etc-nova/nova.conf'));
  }
  return {
    ssh: { user: 'root', port, keyFile, knownHostsFile, addresses },
    get: (name) => {
      const found = hosts.find(({ facts }) => facts.name === name);
      if (found === undefined) throw new Error(`${name} has no libvirt`);
      return found;
    },
  };
}
