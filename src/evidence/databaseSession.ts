import type { Connection } from '../cloud/database/connection';
import type { Gap, Source } from '../model/source';
import { clockDifference } from './clock';
import type { DatabaseOptions } from './databaseOptions';
import { openSnapshot } from './snapshot';
import { sourceOf, type SourceName } from './sources';

/** The read views of one survey, which stay open until its end, and the clocks of their servers. */
export class DatabaseSession {
  private readonly open: Connection[] = [];
  private ahead = 0;
  private behind = 0;

  constructor(private readonly options: Pick<DatabaseOptions, 'clock' | 'signal' | 'onSource'>) {}

  /** milliseconds by which this machine's clock is ahead of the database that is furthest behind; 0 when it is not */
  get aheadMs(): number {
    return this.ahead;
  }

  /** milliseconds by which one of the databases is ahead of this machine's clock; 0 when none is */
  get behindMs(): number {
    return this.behind;
  }

  async snapshot(open: () => Promise<Connection>): Promise<Connection> {
    const connection = await openSnapshot(open, this.options.signal);
    this.open.push(connection);
    await this.compareClocks(connection);
    return connection;
  }

  /** Tells how a source answered. */
  answered(name: SourceName, gap?: Gap): Source {
    const source = sourceOf(name, this.options.clock, gap);
    this.options.onSource?.(source);
    return source;
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((connection) => connection.close()));
  }

  /** Ages are counted by the earliest of all clocks: one that is ahead would make a delete of a moment ago look stuck. */
  private async compareClocks(connection: Connection): Promise<void> {
    const difference = await clockDifference(connection, this.options.clock, this.options.signal);
    this.ahead = Math.max(this.ahead, difference);
    this.behind = Math.max(this.behind, -difference);
  }
}
