import type { HostReport, Survey } from '../evidence/survey';
import type { Suspect } from '../model/suspect';
import type { HostSummary, ScanReport } from './api';

/** What a survey leaves behind once its rows are judged: small, whatever the size of the cloud. */
export type KeptSurvey = Omit<Survey, 'glimpses'>;

export interface ScanResult {
  readonly survey: KeptSurvey;
  readonly suspects: ReadonlyMap<string, Suspect>;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The newest knowledge of one cloud in this window. */
export class CloudState {
  survey: KeptSurvey | undefined;
  /** the last scan, with what was looked at since; undefined before the first */
  scan: ScanResult | undefined;
  private suspects = new Map<string, Suspect>();

  suspect(uuid: string): Suspect | undefined {
    return this.suspects.get(uuid);
  }

  replace(result: ScanResult): void {
    this.scan = result;
    this.survey = result.survey;
    this.suspects = new Map(result.suspects);
  }

  /** Takes in a fresh look: an UUID with the value undefined is gone. */
  absorb(survey: KeptSurvey, seen: ReadonlyMap<string, Suspect | undefined>, now: string): void {
    this.survey = survey;
    for (const [uuid, suspect] of seen) {
      if (suspect) {
        this.suspects.set(uuid, suspect);
      } else {
        this.suspects.delete(uuid);
      }
    }
    if (this.scan) {
      this.scan = { ...this.scan, survey, suspects: this.suspects, finishedAt: now };
    }
  }
}

export function scanReport(
  cloud: string,
  result: ScanResult,
  isKept: (suspect: Suspect) => boolean,
): ScanReport {
  const { survey, suspects, startedAt, finishedAt } = result;
  return {
    cloud,
    startedAt,
    finishedAt,
    sources: survey.scene.sources,
    hosts: survey.hosts.map((host) => summary(survey, host)),
    suspects: [...suspects.values()].filter((suspect) => !isKept(suspect)),
    backlog: survey.backlog,
    instances: survey.instances,
  };
}

function summary(survey: KeptSurvey, report: HostReport): HostSummary {
  const facts = survey.scene.hosts.get(report.host);
  return {
    name: report.host,
    ...(report.address === undefined ? {} : { address: report.address }),
    cells: facts?.cells ?? [],
    source: report.source,
    listed: facts?.listed ?? false,
    domains: report.domains.length,
    directories: report.directories.length,
    expectedDomains: facts?.expectedDomains ?? 0,
    missingDomains: facts?.missingDomains ?? 0,
    ...(report.aheadMs === undefined ? {} : { aheadMs: report.aheadMs }),
  };
}
