import type { CloudConfiguration } from '../cloud/configuration';
import type { InstanceDirectory } from '../model/facts';
import type { Problem } from '../model/plan';
import type { RunReport } from '../model/report';
import type { Gap, Source } from '../model/source';
import type { Keep } from '../model/scene';
import type { Depth, Suspect } from '../model/suspect';

/** What `activate()` returns. Every value is JSON-able; every method rejects with an OperatorError. See docs/api.md. */
export interface ZombiesApi {
  readonly version: 1;
  listClouds(): readonly CloudConfiguration[];
  /** What a new cloud may be made of, as the files of this machine have it now. */
  findings(): Promise<Findings>;
  /**
   * Tries every door of a cloud as the setting `openstackZombies.clouds` would describe it; it need not be saved. What
   * a controller's nova.conf tells is learned on the way: its passwords go to SecretStorage.
   */
  testConnection(cloud: Readonly<Record<string, unknown>>, options?: TestOptions): Promise<ConnectionTest>;
  /** `account` as in PasswordQuestion; default: the account of the API database. Kept in SecretStorage. */
  storePassword(cloud: string, password: string, account?: string): Promise<void>;
  /** Takes every password of the cloud out of SecretStorage. */
  forgetPasswords(cloud: string): Promise<void>;
  scan(cloud: string, options?: ScanOptions): Promise<ScanReport>;
  /** The last scan of this window; undefined before the first. */
  lastScan(cloud: string): ScanReport | undefined;
  /** UUIDs, fixed IPs or names, in any mix. */
  lookUp(cloud: string, terms: readonly string[], options?: ScanOptions): Promise<LookUpReport>;
  /** Suspects of the last scan or look-up, by UUID. unknown and legitimate ones are named in `refused`. */
  draft(cloud: string, uuids: readonly string[], options?: DraftOptions): Promise<Draft>;
  /**
   * Looks at the whole cloud, and drafts a plan that deletes its soft-deleted history for good, chunk by chunk, in all
   * cells. What any source speaks for stays, and so does what was on hosts that did not answer.
   */
  draftHistory(cloud: string, options?: HistoryOptions): Promise<string>;
  /** Problems of the text itself, and of the text against its cloud's last scan. No errors: it may run. */
  check(text: string): readonly Problem[];
  dryRun(text: string, options?: RunOptions): Promise<RunReport>;
  run(text: string, options?: RunOptions): Promise<RunReport>;
  /** A report as a document for people; `planText` is the text that was run. */
  reportText(report: RunReport, planText: string): Promise<string>;
  /** Runs of this machine, the newest first. */
  runs(): Promise<readonly RunSummary[]>;
  /** The way back of a run as a plan: review it, dry-run it, run it. */
  restorePlan(run: string): Promise<string>;
  /** A plan that deletes for good what these runs keep in quarantine: review it, dry-run it, run it. */
  purgePlan(runs: readonly string[]): Promise<string>;
  /** What an interrupted or stopped run left undone, as a plan: review it, dry-run it, run it. */
  goOn(run: string): Promise<string>;
  /** An interrupted run is left as it is; nobody is asked about it any more. */
  leave(run: string): Promise<void>;
  /** Deletes what is kept of a run: with it goes its way back. */
  deleteRun(run: string, options?: DeleteRunOptions): Promise<void>;
  /** Every row in every database that mentions the UUID, its domains and directories; secrets masked. Plain text. */
  showAll(cloud: string, uuid: string): Promise<string>;
  /** Number of rows that one change of a plan would touch now. */
  countChange(text: string, offset: number): Promise<number>;
  /** Rows of one SELECT of a plan, at most 1,000. */
  runSelect(
    text: string,
    offset: number,
  ): Promise<readonly Readonly<Record<string, string | number | null>>[]>;
  /** In plain words what happened to a suspect of the last scan or look-up, and what each choice would do. */
  explain(cloud: string, uuid: string): Promise<string>;
  /** Nothing of what is kept is suspected, drafted or run. */
  keep(cloud: string, keep: KeepRequest): Promise<void>;
  kept(cloud: string): readonly Kept[];
  endKeeping(cloud: string, scope: Keep['scope'], id: string): Promise<void>;
  /** What is kept as a JSON document. */
  exportKept(cloud: string): string;
  /** Takes over what such a document holds, and gives how much that is. */
  importKept(cloud: string, text: string): Promise<number>;
}

export interface Findings {
  /** entries of clouds.yaml */
  readonly openstack: readonly { readonly name: string; readonly regions: readonly string[] }[];
  readonly openstackFile: string | undefined;
  /** mistakes in clouds.yaml and the files beside it, and in the environment */
  readonly problems: readonly FileProblem[];
  /** names in ~/.ssh/config that stand for one host each */
  readonly sshHosts: readonly string[];
}

/** No secret is in its message. */
export interface FileProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** line and column count from 1; absent when no file is at fault */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

export interface TestOptions {
  /** hears all checks at every change */
  readonly onChange?: (checks: readonly ConnectionCheck[]) => void;
  readonly signal?: AbortSignal;
}

export interface ConnectionTest {
  readonly checks: readonly ConnectionCheck[];
  /** what belongs into the setting in addition */
  readonly learned: Readonly<Record<string, unknown>>;
}

/** One door of a cloud. */
export interface ConnectionCheck {
  readonly id: string;
  readonly title: string;
  readonly state: 'waiting' | 'good' | 'bad';
  /** why it is bad, and what to do */
  readonly gap?: Gap;
}

export interface ScanOptions {
  /** read only these hosts again; the others as the last scan saw them */
  readonly hosts?: readonly string[];
  /** hears of each source as soon as it was read */
  readonly onSource?: (progress: ScanProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ScanProgress {
  readonly source: Source;
  /** sources that were read, and how many there are as far as is known: more may show up on the way */
  readonly read: number;
  readonly known: number;
}

export interface ScanReport {
  readonly cloud: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly sources: readonly Source[];
  readonly hosts: readonly HostSummary[];
  readonly suspects: readonly Suspect[];
  readonly backlog: readonly Backlog[];
  /** live rows seen in all cells */
  readonly instances: number;
}

export interface HostSummary {
  readonly name: string;
  /** where it is reached; absent when nothing says it */
  readonly address?: string;
  /** UUIDs of the cells that name it */
  readonly cells: readonly string[];
  readonly source: Source;
  readonly listed: boolean;
  readonly domains: number;
  readonly directories: number;
  readonly expectedDomains: number;
  readonly missingDomains: number;
  /** milliseconds by which its clock is ahead of ours, negative when behind; absent when it did not answer */
  readonly aheadMs?: number;
}

/** Soft-deleted history of one cell, which Nova's own archive_deleted_rows removes. */
export interface Backlog {
  readonly cell: string;
  readonly cellName: string;
  readonly instances: number;
  /** ISO 8601, UTC; absent when there is none */
  readonly oldest?: string;
}

export interface LookUpReport {
  readonly found: readonly LookUp[];
  /** terms that match nothing in any source that answered */
  readonly notFound: readonly string[];
  readonly sources: readonly Source[];
}

export interface LookUp {
  readonly term: string;
  readonly uuid: string;
  readonly name: string;
  /** present when some kind holds, whatever its verdict */
  readonly suspect?: Suspect;
  /** why it is not suspected: one line for each kind that was considered */
  readonly reasons: readonly string[];
  readonly directories: readonly InstanceDirectory[];
}

export interface DraftOptions {
  /** for all that allow it; the others keep their default */
  readonly depth?: Depth;
  readonly directories?: 'quarantine' | 'delete';
  readonly signal?: AbortSignal;
}

export interface HistoryOptions {
  /** since the delete, at least 7; default: 90 */
  readonly days?: number;
  readonly signal?: AbortSignal;
}

export interface Draft {
  readonly text: string;
  readonly refused: readonly { readonly uuid: string; readonly reason: string }[];
}

export interface RunOptions {
  /** UUIDs of the sections to run; default: all */
  readonly sections?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  /**
   * Of a run: asked before the first change, when the first look refuses some of the sections; true runs the others.
   * Without it, the run is refused then. `name` is a tenant's text.
   */
  readonly onRefused?: (
    refused: readonly { readonly uuid: string; readonly name: string; readonly reason: string }[],
  ) => Promise<boolean>;
}

export interface DeleteRunOptions {
  /** also while it has directories in quarantine, which nothing knows the way back of then */
  readonly quarantined?: boolean;
}

export interface RunSummary {
  readonly run: string;
  /** id of the plan that was run */
  readonly plan: string;
  readonly cloud: string;
  readonly purpose: 'cleanup' | 'restore' | 'purge' | 'history';
  readonly startedAt: string;
  /** `interrupted`: its process ended before it did; `left`: and the operator left it as it is */
  readonly outcome: 'done' | 'stopped' | 'running' | 'interrupted' | 'left';
  /** of an interrupted run on another machine or in another container: it may still run there */
  readonly machine?: string;
  /** the run that it takes back, or goes on with */
  readonly of?: string;
  readonly folder: string;
  /** of which something was changed, or may have been */
  readonly instances: number;
  /** absent for an interrupted run */
  readonly rows?: number;
  /** that went into quarantine */
  readonly directories: number;
  /** places in quarantine that are still there, or may be: what `purgePlan` would delete */
  readonly kept: number;
  /** of the instances, those of which a later run took something back */
  readonly restored: number;
}

/** An instance, a host or a project that is to be left alone; `author` is by default the name of the login. */
export type KeepRequest = Omit<Keep, 'since' | 'author'> & Partial<Pick<Keep, 'author'>>;

export interface Kept extends Keep {
  /** of an instance, as it was when it was marked; a tenant's text */
  readonly name?: string;
  /** its time is over: it counts no more */
  readonly expired: boolean;
}
