import type { CellMapping, CloudAccess, HostAddress } from '../cloud/access';
import { readNamedHosts } from '../cloud/ssh/configHosts';
import type { Glimpse } from '../model/dossier';
import type { Clock } from '../model/ports';
import type { Scene } from '../model/scene';
import type { CellBacklog } from './cellSurvey';
import { surveyDatabases } from './databaseSurvey';
import { Glimpses } from './glimpses';
import { hostFacts } from './hostFacts';
import { HostList } from './hostList';
import type { HostReport } from './hostReport';
import { surveyHosts, type HostOptions } from './hostSurvey';

export type { CellBacklog } from './cellSurvey';
export type { HostReport } from './hostReport';

export type SurveyOptions = HostOptions;

/** One look at everything: the rows, then the hosts. */
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
 * Reads the API database, every cell, and every host that any of them or the configuration names. Rejects only when
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
  const { cells, cellFacts, aheadMs, behindMs, sources, backlog } = read;
  const ours: Clock = { now: () => new Date(options.clock.now().getTime() - aheadMs) };
  const listed = named.all();
  const hosts = await surveyHosts(access, listed, ours, options);
  for (const { domains, directories } of hosts) {
    domains.forEach((domain) => glimpses.domain(domain));
    directories.forEach((directory) => glimpses.directory(directory));
  }
  return {
    scene: {
      now: ours.now(),
      thresholds: options.thresholds,
      apis: access.openOpenStack !== undefined,
      sources: [...sources, ...hosts.map(({ source }) => source)],
      hosts: hostFacts(listed, hosts, glimpses),
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

/** Where a host of the survey is reached. */
export function hostAddress(seen: Pick<Survey, 'hosts'>, host: string): HostAddress | undefined {
  const found = seen.hosts.find((report) => report.host === host);
  return found && { host, address: found.address };
}
