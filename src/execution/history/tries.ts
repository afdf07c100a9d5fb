import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../cloud/database/connection';
import { messageOf } from '../../model/errors';
import type { DatabaseId } from '../../model/schema';
import { withDatabase, type RunContext } from '../context';
import { mayPass } from '../serverErrors';
import { rollBack } from '../transaction';
import { RolledBackError } from './commitChunk';
import { prepareSession } from './place';

/** A server that was restarted is back within these, as a rule. */
const pauses = [50, 400, 1600, 5000] as const;

/** A connection that is opened when it is needed, and again after it was lost. */
export class Link {
  private open: Promise<Connection> | undefined;
  private release: () => void = () => undefined;
  private over: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: RunContext,
    private readonly database: DatabaseId,
  ) {}

  connection(signal?: AbortSignal): Promise<Connection> {
    this.open ??= new Promise<Connection>((resolve, reject) => {
      const use = async (connection: Connection): Promise<void> => {
        await prepareSession(connection);
        resolve(connection);
        await new Promise<void>((done) => (this.release = done));
      };
      this.over = withDatabase(this.context, this.database, use, signal).catch(reject);
    });
    return this.open;
  }

  async close(): Promise<void> {
    this.release();
    await this.over;
    this.open = undefined;
  }
}

/**
 * Does the work of one transaction, and again, four times at most, when another session was in the way or the connection
 * was lost before COMMIT. What fails is rolled back.
 */
export async function withTries<T>(
  link: Link,
  context: RunContext,
  work: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      const connection = await link.connection(signal);
      try {
        return await work(connection);
      } catch (error) {
        await rollBack(connection, context.logger);
        throw error;
      }
    } catch (error) {
      const pause = pauses[tries];
      const again = mayPass(error) || error instanceof RolledBackError;
      await link.close();
      if (!again || pause === undefined || signal?.aborted) throw error;
      context.logger.info(`a chunk is tried again: ${messageOf(error)}`);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
