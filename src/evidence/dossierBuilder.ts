import type { Dossier } from '../model/dossier';
import type { CachedPort, ComputeRecord, Consumer, ResourceProvider } from '../model/facts';
import type { ApiFindings } from './apiDossiers';
import { mentionLeftovers } from './apiMentions';
import type { CellFindings, Mover } from './cellDossiers';
import type { Named } from './named';
import type { ComputeIndex } from './computeIndex';
import { groupedBy } from './groupedBy';
import type { HostReport } from './hostReport';
import type { PlacementFindings } from './placement/findings';

export interface AskedCell extends CellFindings {
  readonly computeRecords: readonly Named<ComputeRecord>[];
}

/** What the sources had of one batch of UUIDs. */
export interface Findings {
  readonly api: ApiFindings;
  readonly cells: readonly AskedCell[];
  readonly placement: PlacementFindings;
  readonly computes: ComputeIndex;
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
  const { api, cells, placement, computes } = findings;
  const of = <T>(pick: (cell: AskedCell) => readonly Named<T>[]): ((uuid: string) => T[]) =>
    group(cells.flatMap(pick));
  const migrations = of((cell) => cell.migrations);
  const deleteActions = of((cell) => cell.deleteActions);
  const volumes = of((cell) => cell.volumes);
  const volumeUsers = of((cell) => cell.volumeUsers);
  const ports = of((cell) => cell.ports);
  const rows = of((cell) => cell.rows.map((row) => ({ uuid: row.uuid, fact: row })));
  const shadows = of((cell) => cell.shadows.map((uuid) => ({ uuid, fact: cell.cell })));
  const leftovers = of((cell) => cell.leftovers.map(({ uuid, leftover }) => ({ uuid, fact: leftover })));
  const tables = of((cell) => cell.tables);
  const pciDevices = of((cell) => cell.pciDevices);
  const tokens = of((cell) => cell.tokens);
  const movers = of((cell) => cell.movers);
  const computeRecords = of((cell) => cell.computeRecords);
  const allocated = group(placement.allocations);
  return uuids.map((uuid) => {
    const mapping = api.mappings.get(uuid);
    const buildRequestedAt = api.buildRequests.get(uuid);
    const mention = api.mentions.get(uuid);
    const orphaned = mention && findings.everyCell && rows(uuid).length === 0;
    const expires = Math.max(...tokens(uuid));
    const consumer = placement.consumers.get(uuid);
    const provider = placement.providers.get(uuid);
    const [computeRecord] = computeRecords(uuid);
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
      volumeUsers: volumeUsers(uuid),
      ports: distinctPorts(ports(uuid)),
      allocations: allocated(uuid),
      ...domainsAndDirectories(uuid),
      leftovers: [...leftovers(uuid), ...apiLeftovers.map(({ leftover }) => leftover)],
      tables: tables(uuid),
      pciDevices: pciDevices(uuid),
      ...(Number.isFinite(expires) ? { tokensExpiredAt: new Date(expires * 1000).toISOString() } : {}),
      ...(consumer ? { consumer: withMigration(consumer, movers(uuid)) } : {}),
      ...(provider ? { provider: withNamesakes(uuid, provider, computes) } : {}),
      ...(computeRecord ? { computeRecord } : {}),
      neutronPorts: [],
      attachments: [],
      missingVolumes: [],
      nodes: [],
      projectGone: false,
    };
  });
}

/** During a resize across cells two cells have the migration: the one that lives tells. */
function withMigration(consumer: Consumer, movers: readonly Mover[]): Consumer {
  const migration = movers.find(({ deleted }) => !deleted) ?? movers[0];
  return migration ? { ...consumer, migration } : consumer;
}

function withNamesakes(
  uuid: string,
  provider: Omit<ResourceProvider, 'namesakes'>,
  computes: ComputeIndex,
): ResourceProvider {
  const nodes = computes.nodesOf({ uuid, name: provider.name });
  return { ...provider, namesakes: nodes.flatMap((node) => node.uuid ?? []) };
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
  const byUuid = groupedBy(facts, ({ uuid }) => uuid);
  return (uuid) => (byUuid.get(uuid) ?? []).map(({ fact }) => fact);
}

/** Two cells may each have a cache of the same port, during a resize across cells. */
function distinctPorts(ports: readonly CachedPort[]): CachedPort[] {
  return [...new Map(ports.map((port) => [port.id, port])).values()];
}
