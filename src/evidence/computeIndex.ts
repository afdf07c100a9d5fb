import type { ComputeRecord } from '../model/facts';
import type { ComputeRows, NodeRow, ServiceRow } from './computeRows';
import { groupedBy } from './groupedBy';

/** What the other rows say of one of `services` or `compute_nodes`; the instances on it are counted elsewhere. */
export type ComputeFacts = Omit<ComputeRecord, 'instances'>;

/** Looks at the rows of all cells that answered as one: a host belongs to one cell (nova_api.host_mappings). */
export class ComputeIndex {
  private readonly services: ReadonlyMap<string, readonly ServiceRow[]>;
  private readonly nodesByHost: ReadonlyMap<string, readonly NodeRow[]>;
  private readonly nodesByName: ReadonlyMap<string, readonly NodeRow[]>;
  private readonly byUuid: ReadonlyMap<string, ServiceRow | NodeRow>;

  constructor({ services, nodes }: ComputeRows) {
    this.services = groupedBy(services, ({ host }) => host);
    this.nodesByHost = groupedBy(nodes, ({ host }) => host);
    this.nodesByName = groupedBy(nodes, ({ hypervisorHostname }) => hypervisorHostname);
    this.byUuid = new Map(
      [...services, ...nodes].flatMap((row): [string, ServiceRow | NodeRow][] =>
        row.uuid === null ? [] : [[row.uuid, row]],
      ),
    );
  }

  get hasNodes(): boolean {
    return this.nodesByName.size > 0;
  }

  /** UUIDs of rows that have a twin, or lack their counterpart. */
  strays(): string[] {
    return [...this.byUuid.keys()].filter((uuid) => {
      const facts = this.of(uuid);
      return facts && (facts.twins.length > 0 || facts.otherCells !== undefined || !facts.hasCounterpart);
    });
  }

  of(uuid: string): ComputeFacts | undefined {
    const row = this.byUuid.get(uuid);
    return row && (row.table === 'services' ? this.ofService(row) : this.ofNode(row));
  }

  /** Nodes by which a resource provider may stand: compute_nodes.uuid is its uuid, hypervisor_hostname its name. */
  nodesOf(provider: { readonly uuid: string; readonly name: string }): readonly NodeRow[] {
    const own = this.byUuid.get(provider.uuid);
    const named = this.nodesByName.get(provider.name) ?? [];
    return own?.table === 'compute_nodes' && !named.includes(own) ? [...named, own] : named;
  }

  private ofService(row: ServiceRow): ComputeFacts {
    const nodes = this.inCell(this.nodesByHost, row);
    const type = nodes.find((node) => node.type !== '')?.type;
    return {
      ...common(row, this.services.get(row.host) ?? []),
      ...(type === undefined ? {} : { hypervisorType: type }),
      ...(row.lastSeenUp === null ? {} : { lastSeenUp: row.lastSeenUp }),
      hasCounterpart: nodes.length > 0,
    };
  }

  /** A provider's name is unique in Placement (uniq_resource_providers0name): two nodes of one name are twins. */
  private ofNode(row: NodeRow): ComputeFacts {
    const services = this.inCell(this.services, row);
    const lastSeenUp = services.find((service) => service.lastSeenUp !== null)?.lastSeenUp;
    return {
      ...common(row, this.nodesByName.get(row.hypervisorHostname) ?? []),
      node: row.hypervisorHostname,
      hypervisorType: row.type,
      ...(lastSeenUp ? { lastSeenUp } : {}),
      hasCounterpart: services.length > 0,
    };
  }

  private inCell<T extends ServiceRow | NodeRow>(
    rows: ReadonlyMap<string, readonly T[]>,
    { host, cell }: ServiceRow | NodeRow,
  ): T[] {
    return (rows.get(host) ?? []).filter((row) => row.cell === cell);
  }
}

function common(
  { cell, table, id, host }: ServiceRow | NodeRow,
  alike: readonly (ServiceRow | NodeRow)[],
): Pick<ComputeFacts, 'cell' | 'table' | 'id' | 'host' | 'twins' | 'otherCells'> {
  const elsewhere = alike.filter((other) => other.cell !== cell).map((other) => other.cell);
  return {
    cell,
    table,
    id,
    host,
    twins: alike.filter((other) => other.cell === cell && other.id !== id).map((other) => other.id),
    ...(elsewhere.length > 0 ? { otherCells: [...new Set(elsewhere)] } : {}),
  };
}
