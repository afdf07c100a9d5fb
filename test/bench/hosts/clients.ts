import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeScript } from '../../../src/cloud/compute/placeScript';
import { hostScript } from '../../../src/evidence/hostScript';
import { bundled } from '../bundle';
import { measured, type Used } from './client';
import type { Order, Said } from './order';
import type { Site } from './site';

/** Logs in on all hosts and runs the scan's command there. */
export type Client = () => Promise<Use>;

export type Use = Pick<Used, 'seconds' | 'cpuSeconds'> & Partial<Pick<Said, 'bytes'>>;

export type ClientName = 'product' | 'bare' | 'clush' | 'pdsh' | 'parallel-ssh';

const nonce = '5d1c9a7e0f3b42868d2a6c01b9e7f4a3';

/** Clients of the first hosts of a site, as many as asked for. All of them log in with the same key, check the hosts' keys, and have so many hosts under way at once. */
export async function clientsOn(
  site: Site,
  count: number,
  fanOut: number,
  folder: string,
): Promise<Record<ClientName, Client>> {
  const { enter, configFile, instancesPath } = site;
  const addresses = site.addresses.slice(0, count);
  const errors = join(folder, 'errors');
  const place = ['none', 'qemu:///system', instancesPath, ''];
  const command = ['sh', '-c', placeScript, 'sh', ...place, hostScript, nonce].map(quoted).join(' ');
  const hostsFile = join(folder, `hosts-${count}`);
  writeFileSync(hostsFile, addresses.map((address) => `${address}\n`).join(''));
  const order: Order = { ...site, addresses, fanOut, command };
  const width = String(fanOut);
  const list = addresses.join(',');
  const survey = await bundled('test/bench/hosts/surveyProcess.ts', folder);
  const bare = await bundled('test/bench/hosts/bareProcess.ts', folder);

  const program = (file: string): Client => {
    return async () => {
      const input = JSON.stringify(order);
      const used = await measured({ command: [...enter, process.execPath, file], input, errors });
      const { done, bytes } = JSON.parse(used.output) as Said;
      return { ...demand(used, done, addresses.length, file), bytes };
    };
  };
  const tool = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Client => {
    return async () => {
      const used = await measured({ command: [...enter, ...words, command], env, errors });
      const whole = used.output.split(`${nonce} end`).length - 1;
      return demand(used, whole, addresses.length, words[0] ?? '');
    };
  };
  return {
    product: program(survey),
    bare: program(bare),
    clush: tool(['clush', '-f', width, '-o', `-F ${configFile}`, '-w', list]),
    pdsh: tool(['pdsh', '-R', 'ssh', '-f', width, '-w', list], {
      PDSH_SSH_ARGS_APPEND: `-F ${configFile}`,
    }),
    'parallel-ssh': tool([
      ...['parallel-ssh', '-i', '-t', '0', '-p', width, '-x', `-F ${configFile}`, '-h', hostsFile],
    ]),
  };
}

function demand(used: Used, done: number, hosts: number, who: string): Used {
  if (done !== hosts) throw new Error(`${who}: ${done} of ${hosts} hosts answered whole`);
  return used;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
