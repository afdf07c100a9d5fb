import { userInfo } from 'node:os';
import { join } from 'node:path';
import { query } from '../cloud/database/query';
import { serverBinary, serverOptions, socketIn } from '../cloud/database/server';
import { waitFor } from '../cloud/ports';
import { startProcess, stopProcesses } from '../cloud/processes';
import { run } from '../cloud/run';

export interface NodePorts {
  readonly sql: number;
  readonly group: number;
  /** where it is sent what it missed */
  readonly ist: number;
  readonly sst: number;
}

/** One MariaDB of a Galera cluster. */
export class GaleraNode {
  readonly data: string;
  readonly socketPath: string;
  readonly port: number;

  constructor(
    private readonly root: string,
    readonly name: string,
    private readonly ports: NodePorts,
    private readonly cluster: string,
  ) {
    this.data = join(root, name, 'mariadb');
    this.socketPath = socketIn(join(root, name));
    this.port = ports.sql;
  }

  /** Runs statements as root and gives the rows of the last one. */
  sql(statement: string, database?: string): Promise<string[][]> {
    return query(this.socketPath, statement, database);
  }

  /** What Galera says of itself, for example `wsrep_cluster_status`. */
  async status(name: string): Promise<string> {
    return (await this.sql(`SHOW GLOBAL STATUS LIKE '${name}'`))[0]?.[1] ?? '';
  }

  /** Starts it as the first of its cluster. */
  found(): Promise<void> {
    return this.launch(['--wsrep-new-cluster']);
  }

  /** Joins the others, from where it stopped or was killed. */
  async start(): Promise<void> {
    const { stderr } = await run(serverBinary(), [...this.options(), '--wsrep-recover']);
    const [, position] = /Recovered position: (\S+)/.exec(stderr) ?? [];
    if (position === undefined) throw new Error(`${this.name} has no position: ${stderr}`);
    await this.launch([`--wsrep-start-position=${position}`]);
  }

  stop(): Promise<void> {
    return stopProcesses(this.root, [this.name]);
  }

  /** SIGKILL */
  kill(): Promise<void> {
    return stopProcesses(this.root, [this.name], 'SIGKILL');
  }

  private async launch(more: readonly string[]): Promise<void> {
    startProcess(this.root, { name: this.name, file: serverBinary(), args: [...this.options(), ...more] });
    await waitFor(this.name, 60, async () => (await this.status('wsrep_ready').catch(() => '')) === 'ON');
  }

  private options(): string[] {
    const { group, ist, sst } = this.ports;
    const provider = {
      'gmcast.listen_addr': `tcp://127.0.0.1:${group}`,
      'ist.recv_addr': `127.0.0.1:${ist}`,
      'ist.recv_bind': `127.0.0.1:${ist}`,
      'gcache.size': '32M',
      // What it had for the others is not needed after a kill, and to read it again takes long.
      'gcache.recover': 'no',
      // A killed node is out after two seconds.
      'evs.keepalive_period': 'PT0.3S',
      'evs.suspect_timeout': 'PT2S',
      'evs.inactive_timeout': 'PT4S',
      'evs.inactive_check_period': 'PT0.2S',
    };
    const pairs = Object.entries(provider).map(([key, value]) => `${key}=${value}`);
    return [
      ...serverOptions(this.data, this.socketPath, this.port),
      '--wsrep-on=ON',
      '--wsrep-provider=/usr/lib/galera/libgalera_smm.so',
      `--wsrep-provider-options=${pairs.join(';')}`,
      '--wsrep-cluster-name=zombies',
      `--wsrep-cluster-address=${this.cluster}`,
      `--wsrep-node-name=${this.name}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      '--wsrep-node-incoming-address=127.0.0.1',
      '--wsrep-sst-method=mariabackup',
      `--wsrep-sst-receive-address=127.0.0.1:${sst}`,
      `--wsrep-sst-auth=${userInfo().username}:`,
      '--binlog-format=ROW',
      '--innodb-autoinc-lock-mode=2',
    ];
  }
}
