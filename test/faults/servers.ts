import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoCloud } from '../cloud/demoCloud';
import { isOurs, startProcess } from '../cloud/processes';
import { waitFor } from '../cloud/ports';

/** MariaDB of a demo cloud, as a process that can be killed and started again on the same data. */
export class DatabaseServer {
  private readonly command: readonly string[];

  constructor(private readonly cloud: DemoCloud) {
    this.command = readFileSync(`/proc/${this.pid()}/cmdline`, 'utf8').split('\0').slice(0, -1);
  }

  async kill(): Promise<void> {
    const pid = this.pid();
    this.signal('SIGKILL');
    while (isOurs(this.cloud.directory, pid)) await sleep(10);
  }

  /** Resolves when it answers: it has recovered from its crash by then. */
  async start(): Promise<void> {
    const [file = '', ...args] = this.command;
    startProcess(this.cloud.directory, { name: 'mariadbd', file, args });
    await waitFor('MariaDB', 60, () =>
      this.cloud.sql('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid(), name);
  }

  private pid(): number {
    return Number.parseInt(readFileSync(join(this.cloud.directory, 'pid/mariadbd.pid'), 'latin1'), 10);
  }
}

/** sshd of a host with all its sessions: every process of that name in the PID namespace of the host. */
export class SshServer {
  constructor(
    private readonly cloud: DemoCloud,
    private readonly host: string,
  ) {}

  signal(name: 'KILL' | 'STOP' | 'CONT'): Promise<unknown> {
    return this.cloud.onHost(
      this.host,
      `for it in /proc/[0-9]*; do case $(cat $it/comm 2>/dev/null) in sshd*) kill -${name} \${it#/proc/};; esac; done`,
    );
  }

  async start(): Promise<void> {
    const config = join(this.cloud.directory, 'hosts', this.host, 'sshd_config');
    await this.cloud.onHost(this.host, `/usr/sbin/sshd -f ${config}`);
  }
}
