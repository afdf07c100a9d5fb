import type { CellMapping, CloudAccess, HostAddress } from '../cloud/access';
import { readNamedHosts } from '../cloud/ssh/configHosts';
import type { Glimpse } from '../model/dossier';
import type { Clock } from '../model/ports';
import type { Scene } from '../model/scene';
import { cellSourceId, type Source } from '../model/source';
import type { CellBacklog } from './cellSurvey';
import { surveyDatabases } from './databaseSurvey';
import { Glimpses } from './glimpses';
import { hostFacts } from './hostFacts';
import { HostList } from './hostList';
import type { HostReport } from './hostReport';
import { surveyHosts, type HostOptions } from './hostSurvey';
import { NovaRows } from './services/novaRows';
import { surveyServices } from './services/surveyServices';

export type { CellBacklog } from './cellSurvey';
export type { HostReport } from './hostReport';

export type SurveyOptions = HostOptions;

/** One look at everything: the rows, then the hosts and the services. */
export interface Survey {
  readonly scene: Scene;
  readonly cells: readonly CellMapping[];
  /** both: see DatabaseSurvey */
  readonly aheadMs: number;
  readonly behindMs: number;
  readonly hosts: readonly HostReport[];
  readonly glimpses: ReadonlyMap<string, Glimpse>;
  readonly backlog: readonly CellBacklog[];
  /** live rows in the cells that answered */
  readonly instances: number;
}

/**
 * Reads the API database, every cell, and then every host that any of them or the configuration names, and the
 * services whose APIs are configured. Rejects only when
 * the API database cannot be read (OperatorError) or when cancelled; whatever else fails is a source with a gap.
 */
export async function survey(access: CloudAccess, options: SurveyOptions): Promise<Survey> {
  const glimpses = new Glimpses();
  const { hosts: addresses, hostAddress, ssh } = access.configuration;
  const named = new HostList(addresses, {
    ...(hostAddress === undefined ? {} : { template: hostAddress }),
    isNamed: await readNamedHosts(ssh.configFile),
  });
  const read = await surveyDatabases(access, glimpses, named, options);
  const { cells, cellFacts, aheadMs, behindMs, sources, unread, backlog } = read;
  const ours: Clock = { now: () => new Date(options.clock.now().getTime() - aheadMs) };
  const listed = named.all();
  const answered = cells.filter(({ uuid }) => isComplete(cellSourceId(uuid), sources));
  const rows = new NovaRows(access, glimpses, listed, answered, answered.length === cells.length);
  const [hosts, services] = await Promise.all([
    surveyHosts(access, listed, ours, options),
    surveyServices(access, rows, glimpses, unread, options),
  ]);
  for (const { domains, directories } of hosts) {
    domains.forEach((domain) => glimpses.domain(domain));
    directories.forEach((directory) => glimpses.directory(directory));
  }
  return {
    scene: {
      now: ours.now(),
      thresholds: options.thresholds,
      apis: access.openOpenStack !== undefined,
      sources: [...sources, ...services, ...hosts.map(({ source }) => source)],
      hosts: await hostFacts(listed, hosts, glimpses),
      cells: cellFacts,
      sightings: options.sightings,
      keeps: options.keeps,
    },
    cells,
    aheadMs,
    behindMs,
    hosts,
    glimpses: glimpses.byUuid,
    backlog,
    instances: glimpses.rows,
  };
}

function isComplete(id: string, sources: readonly Source[]): boolean {
  return sources.some((source) => source.id === id && source.complete);
}

/** Where a host of the survey is reached. */
export function hostAddress(seen: Pick<Survey, 'hosts'>, host: string): HostAddress | undefined {
  const found = seen.hosts.find((report) => report.host === host);
  return found && { host, address: found.address };
}
