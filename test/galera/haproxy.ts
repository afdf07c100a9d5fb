import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, waitFor } from '../cloud/ports';
import { startProcess, stopProcesses } from '../cloud/processes';
import { run } from '../cloud/run';
import type { GaleraNode } from './node';

export interface Haproxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** HAProxy before the cluster as OpenStack's deployments set it up: one writer, the others stand by. */
export async function startHaproxy(root: string, nodes: readonly GaleraNode[]): Promise<Haproxy> {
  const port = await freePort();
  const servers = nodes.map(
    ({ name, port: behind }, index) =>
      `  server ${name} 127.0.0.1:${behind} check inter 300 fall 1 rise 1 on-marked-down shutdown-sessions${index === 0 ? '' : ' backup'}`,
  );
  const file = join(root, 'haproxy.cfg');
  writeFileSync(
    file,
    [
      'global',
      '  maxconn 500',
      'defaults',
      '  mode tcp',
      '  retries 3',
      '  option redispatch',
      '  timeout connect 5s',
      '  timeout client 1m',
      '  timeout server 1m',
      'listen galera',
      `  bind 127.0.0.1:${port}`,
      ...servers,
      '',
    ].join('\n'),
  );
  startProcess(root, { name: 'haproxy', file: '/usr/sbin/haproxy', args: ['-db', '-f', file] });
  await waitFor('HAProxy', 30, async () => {
    const ping = await run('mariadb-admin', ['--no-defaults', '--host=127.0.0.1', `--port=${port}`, 'ping']);
    return ping.code === 0;
  });
  return { port, stop: () => stopProcesses(root, ['haproxy']) };
}
