import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../cloud/database/connection';
import { messageOf } from '../model/errors';
import type { DatabaseId } from '../model/schema';
import { clusterFacts } from './cluster';
import { withDatabase, type RunContext } from './context';

/** A cluster that stood still for more of the time than this has more to apply than it can. */
const tooMuch = 0.1;
/** How long a run holds back in all before one unit; then it goes on, as it is little to what others write. */
const patienceMs = 30_000;
/** A look tells of the time since the one before. */
const betweenLooksMs = 1_000;
const paused = 'wsrep_flow_control_paused_ns';

interface Look {
  readonly pausedNs: number;
  readonly at: number;
}

/**
 * Flow control of a Galera cluster: a node that is behind makes all others wait. A run then holds back, for a while,
 * before its next unit, so that it is not what keeps Nova waiting.
 */
export class FlowControl {
  private readonly looks = new Map<DatabaseId, Look | 'no-cluster'>();

  constructor(private readonly context: Pick<RunContext, 'access' | 'cells' | 'logger'>) {}

  /** Returns when the database's cluster keeps up, after half a minute at most. Never rejects. */
  async ease(database: DatabaseId, signal?: AbortSignal): Promise<void> {
    const before = this.looks.get(database);
    if (before === 'no-cluster' || (before && performance.now() - before.at < betweenLooksMs)) return;
    for (let waited = 0; waited < patienceMs && !signal?.aborted; waited += betweenLooksMs) {
      if ((await this.pausedShare(database)) <= tooMuch) return;
      this.context.logger.info(`the Galera cluster of ${database} does not keep up: the run waits`);
      await sleep(betweenLooksMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Of the time since the last look. */
  private async pausedShare(database: DatabaseId): Promise<number> {
    const before = this.looks.get(database);
    try {
      const now = await this.look(database);
      this.looks.set(database, now);
      if (now === 'no-cluster' || before === undefined || before === 'no-cluster') return 0;
      return (now.pausedNs - before.pausedNs) / 1e6 / (now.at - before.at);
    } catch (error) {
      this.context.logger.warn(`flow control of ${database} could not be read: ${messageOf(error)}`);
      return 0;
    }
  }

  private async look(database: DatabaseId): Promise<Look | 'no-cluster'> {
    const read = (connection: Connection): Promise<ReadonlyMap<string, string>> =>
      clusterFacts(connection, 'STATUS', [paused]);
    const facts = await withDatabase(this.context, database, read, undefined, 'rehearsal');
    const pausedNs = facts.get(paused);
    return pausedNs === undefined ? 'no-cluster' : { pausedNs: Number(pausedNs), at: performance.now() };
  }
}
