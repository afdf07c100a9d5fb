import { draft } from '../../src/cleanup/draft';
import { readContents } from '../../src/evidence/contents';
import type { RunContext } from '../../src/execution/context';
import type { Suspect } from '../../src/model/suspect';
import type { DemoCloud } from '../cloud/demoCloud';
import { cloudName } from '../integration/execution/bench';

export const host = 'compute-01';
const instances = '/var/lib/nova/instances';

/** The instance that the plan of the suite removes, with a domain and a directory: all others are bystanders. */
export class Subject {
  readonly uuid: string;

  constructor(private readonly cloud: DemoCloud) {
    this.uuid = cloud.planted.find(({ name }) => name === 'stuck-clean')?.uuid ?? '';
  }

  /** Into a cloud that has been reset. */
  async plant(): Promise<void> {
    const { uuid } = this;
    await this.sh(
      `cd ${instances}; mkdir ${uuid}; qemu-img create -q -f qcow2 ${uuid}/disk 10M
       touch -d '10 days ago' ${uuid}/disk ${uuid}`,
    );
    await this.define(
      `<domain type='qemu'><name>instance-f</name><uuid>${uuid}</uuid><memory>2048</memory>
       <os><type arch='x86_64' machine='pc'>hvm</type></os></domain>`,
    );
  }

  /** What an operator does with the XML that the run saved. */
  async define(xml: string): Promise<void> {
    await this.sh(`cat > /run/instance-f.xml && virsh -c qemu:///system define /run/instance-f.xml`, xml);
  }

  async plan(context: RunContext, depth: 'complete' | 'archive' = 'complete'): Promise<string> {
    const { uuid } = this;
    const contents = (await readContents(context.access, context.cells, [uuid])).get(uuid) ?? [];
    const times = { drafted: '2026-11-23T10:31:07Z', scanned: '2026-11-23T10:30:51Z' };
    const { text, refused } = draft({
      cloud: cloudName,
      cells: context.cells.map((cell) => cell.uuid),
      id: 'faults',
      ...times,
      subjects: [{ suspect: this.suspect(), contents }],
      depth,
      directories: 'quarantine',
    });
    if (refused.length > 0) throw new Error(JSON.stringify(refused));
    return text;
  }

  /** What of it is there. */
  async world(): Promise<World> {
    const { uuid } = this;
    const [[domain = '', directory = '']] = [
      (
        await this.sh(
          `virsh -c qemu:///system list --all --uuid | grep -c ${uuid}; ls -d ${instances}/${uuid} 2>/dev/null | wc -l`,
        )
      ).split('\n'),
    ];
    const [[rows = '', mappings = ''] = []] = await this.cloud.sql(
      `SELECT (SELECT COUNT(*) FROM nova_cell1.instances WHERE uuid = '${uuid}'),
              (SELECT COUNT(*) FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}')`,
    );
    const [domainThere, directoryThere, cell, api] = [domain, directory, rows, mappings].map(
      (count) => count.trim() === '1',
    );
    return {
      domain: domainThere === true,
      directory: directoryThere === true,
      cell: cell === true,
      api: api === true,
    };
  }

  /** Directories and domains of the host, the subject's and the others'. */
  async hostState(): Promise<{ own: string; others: string }> {
    const listing = await this.sh(
      `cd ${instances}; find . -mindepth 1 ! -path ./_base ! -path './locks*' ! -name compute_nodes -printf '%p %y %i %m %s %T@\\n' | sort
       virsh -c qemu:///system list --all --uuid | sort`,
    );
    const lines = listing.split('\n');
    const isOwn = (line: string): boolean => line.includes(this.uuid) || line.includes('zombies-quarantine');
    return {
      own: lines.filter(isOwn).join('\n'),
      others: lines.filter((line) => !isOwn(line)).join('\n'),
    };
  }

  private suspect(): Suspect {
    const { uuid } = this;
    return {
      ...{
        uuid,
        subject: 'instance',
        name: 'a name',
        kind: 'stuck-deleting',
        verdict: 'confirmed',
        why: 'why',
      },
      ...{ evidence: [], cleared: [], missing: [], ladder: [], addresses: [], also: [], bytes: 0 },
      remedy: {
        wanted: true,
        depth: 'complete',
        depths: ['complete', 'archive'],
        domains: [{ host, uuid, name: 'instance-f', state: 'shut off', disks: [] }],
        directories: [
          {
            host,
            uuid,
            suffix: '',
            path: `${instances}/${uuid}`,
            bytes: 0,
            modifiedAt: '2026-11-01T00:00:00Z',
          },
        ],
        manual: [],
      },
    };
  }

  private async sh(command: string, input?: string): Promise<string> {
    const text =
      input === undefined ? command : `printf '%s' '${input.replaceAll("'", `'\\''`)}' | { ${command}; }`;
    const { code, stdout, stderr } = await this.cloud.onHost(host, text);
    if (code !== 0 && stderr !== '') throw new Error(stderr);
    return stdout;
  }
}

export interface World {
  readonly domain: boolean;
  readonly directory: boolean;
  readonly cell: boolean;
  readonly api: boolean;
}
