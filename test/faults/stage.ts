import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunContext } from '../../src/execution/context';
import { startCloud, type DemoCloud } from '../cloud/demoCloud';
import { must, run } from '../cloud/run';
import { contextFrom, groundOf, type Ground } from '../integration/execution/bench';
import { CuttingProxy } from './cuttingProxy';
import { DatabaseServer, SshServer } from './servers';
import { SlowRename } from './slowRename';
import { Subject, host } from './subject';

/** Everything that a fault can lay its hands on, and what the checks look at. */
export class Stage {
  /** pressed by the operator */
  cancel = new AbortController();
  /** root of the runs; its own for each fault */
  folder = '';

  private constructor(
    readonly cloud: DemoCloud,
    readonly subject: Subject,
    readonly proxy: CuttingProxy,
    readonly database: DatabaseServer,
    readonly sshd: SshServer,
    readonly rename: SlowRename,
    private readonly ground: Ground,
    /** the file system of the servers and the hosts, small enough to be filled */
    readonly mount: string,
  ) {}

  static async build(): Promise<Stage> {
    const mount = resolve('.local/cloud/faults');
    await must('mkdir', ['-p', mount]);
    // One that a killed run left behind holds what is needed to end its servers.
    if ((await run('mountpoint', ['-q', mount])).code !== 0) {
      await must('mount', ['-t', 'tmpfs', '-o', 'size=800m,nr_inodes=500000', 'faults', mount]);
    }
    const cloud = await startCloud({ directory: mount, hosts: [host] });
    const subject = new Subject(cloud);
    await subject.plant();
    const proxy = await CuttingProxy.start(cloud.database.port);
    const ground = throughProxy(await groundOf(cloud), cloud.database.port, proxy.port);
    const [database, sshd] = [new DatabaseServer(cloud), new SshServer(cloud, host)];
    return new Stage(cloud, subject, proxy, database, sshd, new SlowRename(cloud, host), ground, mount);
  }

  /** Back to how it was built, after a test that failed. */
  async rebuild(): Promise<void> {
    this.proxy.heal();
    this.database.signal('SIGCONT');
    await this.cloud.reset();
    await this.subject.plant();
  }

  async close(): Promise<void> {
    this.proxy.close();
    await this.cloud.stop();
    await must('umount', ['-l', this.mount]);
  }

  /** A folder for the runs of one fault, on a small file system of its own. */
  async begin(): Promise<void> {
    this.cancel = new AbortController();
    this.folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-faults-'));
    await must('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'runs', this.folder]);
  }

  async end(): Promise<void> {
    await must('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a process has to know to run plans here. */
  orderGround(): Ground {
    return { ...this.ground, folder: this.folder };
  }

  context(): RunContext {
    return { ...contextFrom(this.orderGround()), commitTimeoutMs: 1_500 };
  }

  /** As the operator does by hand: no restore plan brings a domain back, the XML that the run saved does. */
  async bringDomainBack(): Promise<void> {
    const saved = readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).find((file) =>
      file.endsWith('.xml'),
    );
    if (saved !== undefined && !(await this.subject.world()).domain) {
      await this.subject.define(readFileSync(join(this.folder, saved), 'utf8'));
    }
  }
}

function throughProxy(ground: Ground, port: number, proxied: number): Ground {
  const swap = (url: string): string => url.replace(`:${port}/`, `:${proxied}/`);
  const { database, cells } = ground;
  return {
    ...ground,
    database: {
      ...database,
      port: proxied,
      apiUrl: swap(database.apiUrl),
      placementUrl: swap(database.placementUrl),
    },
    cells: cells.map((cell) => ({ ...cell, url: swap(cell.url) })),
  };
}
