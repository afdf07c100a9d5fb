import type { Dossier } from '../model/dossier';
import type { CachedPort } from '../model/facts';
import type { ApiFindings } from './apiDossiers';
import { mentionLeftovers } from './apiMentions';
import type { CellFindings, Named } from './cellDossiers';
import type { Allocation } from '../model/facts';
import type { HostReport } from './hostReport';

/** What the sources had of one batch of UUIDs. */
export interface Findings {
  readonly api: ApiFindings;
  readonly cells: readonly CellFindings[];
  readonly allocations: readonly Named<Allocation>[];
  /** every cell of the cloud is among `cells` */
  readonly everyCell: boolean;
  /** see `mentionLeftovers` */
  readonly youngest: string;
}

/** Joins all that is known of each UUID. */
export function buildDossiers(
  uuids: readonly string[],
  findings: Findings,
  domainsAndDirectories: (uuid: string) => Pick<Dossier, 'domains' | 'directories'>,
): Dossier[] {
  const { api, cells, allocations } = findings;
  const of = <T>(pick: (cell: CellFindings) => readonly Named<T>[]): ((uuid: string) => T[]) =>
    group(cells.flatMap(pick));
  const migrations = of((cell) => cell.migrations);
  const deleteActions = of((cell) => cell.deleteActions);
  const volumes = of((cell) => cell.volumes);
  const ports = of((cell) => cell.ports);
  const rows = of((cell) => cell.rows.map((row) => ({ uuid: row.uuid, fact: row })));
  const shadows = of((cell) => cell.shadows.map((uuid) => ({ uuid, fact: cell.cell })));
  const leftovers = of((cell) => cell.leftovers.map(({ uuid, leftover }) => ({ uuid, fact: leftover })));
  const allocated = group(allocations);
  return uuids.map((uuid) => {
    const mapping = api.mappings.get(uuid);
    const buildRequestedAt = api.buildRequests.get(uuid);
    const mention = api.mentions.get(uuid);
    const orphaned = mention && findings.everyCell && rows(uuid).length === 0;
    const apiLeftovers = orphaned ? mentionLeftovers(mention, findings.youngest) : [];
    return {
      uuid,
      rows: rows(uuid),
      shadowCells: [...new Set(shadows(uuid))],
      ...(mapping ? { mapping } : {}),
      ...(buildRequestedAt !== undefined ? { buildRequestedAt } : {}),
      migrations: migrations(uuid),
      deleteActions: deleteActions(uuid),
      volumes: volumes(uuid),
      ports: distinctPorts(ports(uuid)),
      allocations: allocated(uuid),
      ...domainsAndDirectories(uuid),
      leftovers: [...leftovers(uuid), ...apiLeftovers.map(({ leftover }) => leftover)],
      tables: [],
      pciDevices: [],
      neutronPorts: [],
      attachments: [],
      missingVolumes: [],
      nodes: [],
      projectGone: false,
    };
  });
}

/** Domains and directories of each UUID, as the hosts showed them. */
export function onHosts(
  hosts: readonly HostReport[],
): (uuid: string) => Pick<Dossier, 'domains' | 'directories'> {
  const domains = group(hosts.flatMap((host) => host.domains.map((fact) => ({ uuid: fact.uuid, fact }))));
  const directories = group(
    hosts.flatMap((host) => host.directories.map((fact) => ({ uuid: fact.uuid, fact }))),
  );
  return (uuid) => ({ domains: domains(uuid), directories: directories(uuid) });
}

function group<T>(facts: readonly Named<T>[]): (uuid: string) => T[] {
  const byUuid = new Map<string, T[]>();
  for (const { uuid, fact } of facts) {
    const known = byUuid.get(uuid);
    if (known) {
      known.push(fact);
    } else {
      byUuid.set(uuid, [fact]);
    }
  }
  return (uuid) => byUuid.get(uuid) ?? [];
}

/** Two cells may each have a cache of the same port, during a resize across cells. */
function distinctPorts(ports: readonly CachedPort[]): CachedPort[] {
  return [...new Map(ports.map((port) => [port.id, port])).values()];
}
