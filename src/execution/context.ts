import * as l10n from '@vscode/l10n';
import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection, SessionUse } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Clock, Logger } from '../model/ports';
import type { Runner } from '../model/runner';
import type { Thresholds } from '../model/scene';
import { apiDatabaseId, type DatabaseId } from '../model/schema';
import type { Suspect } from '../model/suspect';
import type { HeldBack } from './history/heldBack';
import type { Wait } from './serverRequests';

/** Everything that a run takes from its surroundings. */
export interface RunContext {
  readonly access: CloudAccess;
  readonly cells: readonly CellMapping[];
  readonly thresholds: Thresholds;
  /** root of the runs; made with mode 0700 */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** for the journal; absent: nobody can tell whether the run still runs */
  readonly runner?: Runner;
  /** hears of a run before its first change, and stops it by rejecting */
  readonly begun?: (run: string) => Promise<void>;
  /** a fresh look at all sources, for a plan for the history: which of it must stay */
  readonly holdBack: (signal?: AbortSignal) => Promise<HeldBack>;
  /** for tests; default: two minutes, and an hour for removals */
  readonly hostPatienceMs?: number;
  /** for tests; default: `usualWait` */
  readonly serverWait?: Wait;
  /** for tests: how long a COMMIT may take */
  readonly commitTimeoutMs?: number;
  /** all compute hosts of the cloud that have a libvirt */
  readonly hosts: readonly string[];
  address(host: string): string | undefined;
  /** what `virsh hostname` may say on the host: `compute_nodes.hypervisor_hostname`, or the name it is configured by */
  hypervisorNames(host: string): readonly string[];
  /**
   * A fresh survey and judgement. A UUID is a key with the value undefined when every source it hangs on answered
   * and none of the kinds holds; a UUID that is no key could not be looked at: that is not the same as gone.
   */
  look(uuids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Suspect | undefined>>;
}

export interface RunPlanOptions {
  /** UUIDs of the sections to run; default: all */
  readonly sections?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  /**
   * Asked before the first change, when the first look refuses some of the sections: true runs the others. Without it,
   * the run is refused then.
   */
  readonly onRefused?: (refused: readonly RefusedSection[]) => Promise<boolean>;
}

/** `name` is a tenant's text. */
export interface RefusedSection {
  readonly uuid: string;
  readonly name: string;
  readonly reason: string;
}

/** What is needed to open a database of the cloud. */
export type Databases = Pick<RunContext, 'access' | 'cells'>;

/** Does some work on a connection of its own, which is closed whatever comes. */
export async function withDatabase<T>(
  databases: Databases,
  database: DatabaseId,
  work: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
  use?: SessionUse,
): Promise<T> {
  const connection = await openDatabase(databases, database, signal, use);
  try {
    return await work(connection);
  } finally {
    // What was done stands, however the goodbye goes.
    await connection.close().catch(() => undefined);
  }
}

/** Other schemas of the same server belong to other cells, or to other clouds. */
export function requireSchema({ schema }: Connection, planned: string): void {
  if (schema !== planned) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The schema of this database is {0}, not {1}.', schema, planned),
      l10n.t('Draft the plan again from a fresh scan of the cloud it is for.'),
    );
  }
}

async function openDatabase(
  { access, cells }: Databases,
  database: DatabaseId,
  signal: AbortSignal | undefined,
  use: SessionUse | undefined,
): Promise<Connection> {
  if (database === apiDatabaseId) {
    return access.openApi(signal, use);
  }
  const cell = cells.find(({ uuid }) => uuid === database);
  if (!cell) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The cloud {0} has no cell {1}.', access.configuration.name, database),
      l10n.t('Draft the plan again from a fresh scan of the cloud it is for.'),
    );
  }
  return access.openCell(cell, signal, use);
}
