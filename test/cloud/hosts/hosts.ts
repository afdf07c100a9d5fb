import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Plot } from '../population/plot';
import { hosts as hostFacts } from '../population/world';
import { freePort } from '../ports';
import { must } from '../run';
import { resetDirectories } from './directories';
import { resetDomains, writeHaltRom } from './domains';
import { startHost, type Host } from './host';
import { treeOf } from './tree';

export interface Hosts {
  readonly ssh: {
    readonly user: 'root';
    readonly port: number;
    readonly keyFile: string;
    readonly knownHostsFile: string;
    readonly addresses: Readonly<Record<string, string>>;
  };
  /** A host that is up; throws for any other. */
  get(name: string): Host;
  /** Undefined for a host that is not up, or not run at all. */
  find(name: string): Host | undefined;
  tree(name: string): Promise<string>;
  reset(plot: Plot): Promise<void>;
  close(): void;
}

/** Starts the compute hosts that are up, side by side, and lets the silent one be silent in the way asked for. */
export async function startHosts(
  cloud: string,
  options: { readonly hosts: boolean | readonly string[]; readonly silence: 'refuses' | 'hangs' },
): Promise<Hosts> {
  const keyFile = join(cloud, 'ssh/id_ed25519');
  const knownHostsFile = join(cloud, 'ssh/known_hosts');
  const rom = join(cloud, 'halt.rom');
  for (const folder of ['hosts', 'ssh']) rmSync(join(cloud, folder), { recursive: true, force: true });
  for (const folder of ['hosts', 'ssh', 'libvirt-cache']) mkdirSync(join(cloud, folder), { recursive: true });
  writeHaltRom(rom);
  await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'demo cloud', '-f', keyFile]);
  const port = await freePort(hostFacts.map(({ address }) => address));
  const running = new Map<string, Host>();
  const wanted = (name: string): boolean =>
    typeof options.hosts === 'boolean' ? options.hosts : options.hosts.includes(name);
  if (options.hosts !== false) {
    demandRoot();
    const up = hostFacts.filter(({ name, state }) => state === 'up' && wanted(name));
    for (const host of await Promise.all(up.map((facts) => startHost(cloud, facts, { port, keyFile })))) {
      running.set(host.facts.name, host);
    }
  }
  writeFileSync(knownHostsFile, [...running.values()].map(({ knownHost }) => `${knownHost}\n`).join(''));
  const silent =
    options.hosts !== false && options.silence === 'hangs' ? await listenSilently(port) : undefined;
  const get = (name: string): Host => {
    const host = running.get(name);
    if (host === undefined) throw new Error(`${name} is not up in this cloud`);
    return host;
  };
  return {
    ssh: { user: 'root', port, keyFile, knownHostsFile, addresses: addressesOf() },
    get,
    find: (name) => running.get(name),
    tree: (name) => Promise.resolve(treeOf(get(name).instances)),
    reset: async (plot) => {
      await Promise.all(
        [...running.values()].map(async (host) => {
          await resetDirectories(host, plot);
          await resetDomains(host, plot, rom);
        }),
      );
    },
    close: () => silent?.close(),
  };
}

function addressesOf(): Readonly<Record<string, string>> {
  return Object.fromEntries(hostFacts.map(({ name, address }) => [name, address]));
}

async function listenSilently(port: number): Promise<{ close: () => void }> {
  const address = hostFacts.find(({ state }) => state === 'silent')?.address;
  const open = new Set<{ destroy: () => void }>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve);
  });
  return {
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function demandRoot(): void {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'The compute hosts of the demo cloud are Linux namespaces with a libvirtd each: run this as root.',
    );
  }
  const missing = [
    '/usr/sbin/libvirtd',
    '/usr/sbin/sshd',
    '/usr/bin/qemu-img',
    '/usr/bin/qemu-system-x86_64',
    '/usr/bin/virsh',
  ];
  const [first] = missing.filter((path) => !existsSync(path));
  if (first !== undefined)
    throw new Error(
      `${first} is missing: install libvirt-daemon-system, openssh-server and qemu-system-x86.`,
    );
}
