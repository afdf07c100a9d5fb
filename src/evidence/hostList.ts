import { isLibvirt } from '../model/hypervisor';
import type { ComputeNode } from '../model/scene';
import type { HostMention, HostService } from './cellSurvey';
import type { HostToRead } from './hostReader';

/** A compute host as Nova's databases and the configuration name it. */
export interface ListedHost extends HostToRead {
  readonly nodes: readonly ComputeNode[];
  /** Nova lists it: in services, compute_nodes or host_mappings */
  readonly listed: boolean;
  /** UUIDs of the cells that name it */
  readonly cells: readonly string[];
  readonly hypervisorType?: string;
  readonly lastSeenUp?: string;
  readonly service?: HostService;
}

/** How a host is reached that the configuration has no address for. */
export interface HostReach {
  /** a text with {host} or {ip} in it */
  readonly template?: string;
  /** the SSH configuration speaks of it by this name */
  readonly isNamed: (host: string) => boolean;
}

/** Collects the hosts that the sources name, each under the name that Nova gives it. */
export class HostList {
  private readonly nodes = new Map<string, ComputeNode[]>();
  private readonly lastSeenUp = new Map<string, string>();
  private readonly services = new Map<string, HostService>();
  private readonly types = new Map<string, string>();
  private readonly ips = new Map<string, string>();
  private readonly listed = new Set<string>();
  /** cells by host */
  private readonly named = new Map<string, Set<string>>();

  private readonly configured: ReadonlyMap<string, string>;

  /** @param configured address by host name */
  constructor(
    configured: Readonly<Record<string, string>>,
    private readonly reach: HostReach = { isNamed: () => false },
  ) {
    this.configured = new Map(Object.entries(configured));
    for (const host of this.configured.keys()) {
      this.named.set(host, new Set());
    }
  }

  /** A host that something in a cell names, as a live instance does. */
  name(host: string, cell: string | undefined): void {
    const cells = this.named.get(host) ?? new Set();
    this.named.set(host, cells);
    if (cell !== undefined) {
      cells.add(cell);
    }
  }

  list({ host, cell, lastSeenUp, service, node }: HostMention): void {
    this.name(host, cell);
    this.listed.add(host);
    // A host that was moved to another cell may have left a record in the old one: the one that reported last counts.
    const isNewest = (lastSeenUp ?? '') >= (this.lastSeenUp.get(host) ?? '');
    if (lastSeenUp && isNewest) {
      this.lastSeenUp.set(host, lastSeenUp);
    }
    if (service && isNewest) {
      this.services.set(host, service);
    }
    if (node) {
      const { type, ip, ...row } = node;
      const nodes = this.nodes.get(host) ?? [];
      this.nodes.set(host, nodes);
      nodes.push(row);
      this.types.set(host, isLibvirt(this.types.get(host)) ? (this.types.get(host) ?? type) : type);
      if (ip) {
        this.ips.set(host, ip);
      }
    }
  }

  all(): readonly ListedHost[] {
    const named = [...this.named].sort(([a], [b]) => (a < b ? -1 : 1));
    return named.map(([host, cells]) => {
      const hypervisorType = this.types.get(host);
      const lastSeenUp = this.lastSeenUp.get(host);
      const service = this.services.get(host);
      return {
        host,
        address: this.configured.get(host) ?? this.addressOf(host),
        nodes: this.nodes.get(host) ?? [],
        listed: this.listed.has(host),
        cells: [...cells],
        ...(hypervisorType ? { hypervisorType } : {}),
        ...(lastSeenUp ? { lastSeenUp } : {}),
        ...(service ? { service } : {}),
      };
    });
  }

  private addressOf(host: string): string {
    const { template, isNamed } = this.reach;
    const ip = this.ips.get(host);
    // A host without a host_ip is reached as if there were no template: half an address leads nowhere.
    if (template !== undefined && (ip !== undefined || !template.includes('{ip}'))) {
      return template.replaceAll('{host}', () => host).replaceAll('{ip}', () => ip ?? '');
    }
    return isNamed(host) ? host : (ip ?? host);
  }
}
