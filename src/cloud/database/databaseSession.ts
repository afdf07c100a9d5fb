import type { Connection as Driver, FieldPacket, Query, QueryOptions } from 'mysql2';
import type { Duplex } from 'node:stream';
import { CancelledError } from '../../model/errors';
import { columnKind, readCell } from './cells';
import type { Changed, Connection, RawColumn, RawRows, Row, TakeRow } from './connection';
import { databaseError } from './databaseErrors';
import { takePackets } from './rawPackets';
import { databaseName, type DatabaseAddress } from './databaseUrl';
import { turns } from '../../model/turns';

/** How long a killed statement, or a farewell, may take before the socket is torn down. */
const patienceMs = 5_000;

/** What one statement may do while it runs: settle once, or ask to be killed. */
interface Statement<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
  readonly kill: () => void;
}

type Taking = <Args extends unknown[]>(take: (...row: Args) => void) => (...row: Args) => void;

/** A Connection over one mysql2 connection. Statements run one after the other, in the order of the calls. */
export class DatabaseSession implements Connection {
  readonly name: string;
  readonly schema: string;
  private last: Promise<unknown> = Promise.resolve();
  private failed: (error: unknown) => void = () => undefined;

  constructor(
    private readonly address: DatabaseAddress,
    private readonly driver: Driver,
    private readonly wire: Duplex,
    /** kills this session's statement from outside; rejects when it cannot be reached */
    private readonly killOutside: () => Promise<void>,
  ) {
    this.name = databaseName(address);
    this.schema = address.schema;
    // A statement without a callback, which is a stream, hears of a lost connection only here.
    driver.on('error', (error: unknown) => this.failed(error));
  }

  query(sql: string, values?: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return this.run<Row[]>(signal, ({ resolve, reject }) => {
      this.driver.query(cooked(sql, values), (error, rows) =>
        error ? reject(error) : resolve(rows as Row[]),
      );
    });
  }

  stream(
    sql: string,
    values: readonly unknown[],
    onRow: (row: Row) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.run<void>(signal, (statement) => {
      const command = this.driver.query(cooked(sql, values));
      command.on('result', this.taking(command, statement)(onRow));
    });
  }

  raw(sql: string, signal?: AbortSignal): Promise<RawRows> {
    return this.run<RawRows>(signal, ({ resolve, reject }) => {
      const options = { sql, rowsAsArray: true, typeCast: false };
      this.driver.query(options, (error, rows, fields) => {
        if (error) return reject(error);
        resolve({ columns: fields.map(rawColumn), rows: rows as unknown as (Buffer | null)[][] });
      });
    });
  }

  packets(
    sql: string,
    start: (columns: readonly RawColumn[]) => TakeRow,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.run<void>(signal, (statement) => {
      const command = this.driver.query({ sql });
      const taking = this.taking(command, statement);
      takePackets(command, (columns) => taking(start(columns)));
    });
  }

  change(sql: string, signal?: AbortSignal): Promise<Changed> {
    return this.run<Changed>(signal, ({ resolve, reject }) => {
      this.driver.query(sql, (error, result) => {
        if (error) return reject(error);
        if (!('affectedRows' in result))
          return reject(new TypeError('change() was given a statement with rows'));
        resolve({ affectedRows: result.affectedRows });
      });
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      const tooLong = setTimeout(resolve, patienceMs);
      this.driver.end(() => {
        clearTimeout(tooLong);
        resolve();
      });
    });
    this.wire.destroy();
  }

  /** Lets the rows of a statement be taken until one of them cannot be, and others have their turn in between. */
  private taking(command: Query, { resolve, reject, kill }: Statement<void>): Taking {
    let broken: { readonly error: unknown } | undefined;
    command.on('error', (error: unknown) => reject(broken ? broken.error : error));
    command.on('end', () => (broken ? reject(broken.error) : resolve()));
    return (take) =>
      (...row) => {
        if (broken) return;
        try {
          take(...row);
          this.giveWay();
        } catch (error) {
          broken = { error };
          kill();
        }
      };
  }

  /** The rows that are here already wait with those that are still to come. */
  private giveWay(): void {
    if (!turns.isOver()) return;
    this.driver.pause();
    turns.next(() => this.driver.resume());
  }

  private run<T>(signal: AbortSignal | undefined, start: (statement: Statement<T>) => void): Promise<T> {
    const turn = this.last.then(() => this.runNow(signal, start));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /**
   * A statement that was done before the kill reached it counts as done. Nothing else starts before the kill has been
   * answered, or it would hit the wrong statement.
   */
  private async runNow<T>(
    signal: AbortSignal | undefined,
    start: (statement: Statement<T>) => void,
  ): Promise<T> {
    if (signal?.aborted) throw new CancelledError();
    let killing: Promise<void> | undefined;
    const kill = (): void => {
      killing ??= this.killOutside().catch(() => void this.wire.destroy());
      tooLong ??= setTimeout(() => this.wire.destroy(), 2 * patienceMs);
    };
    let tooLong: NodeJS.Timeout | undefined;
    signal?.addEventListener('abort', kill, { once: true });
    try {
      return await new Promise<T>((resolve, reject) => {
        this.failed = reject;
        start({ resolve, reject, kill });
      });
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      throw isDriverError(error) ? databaseError(error, this.address) : error;
    } finally {
      signal?.removeEventListener('abort', kill);
      await killing;
      clearTimeout(tooLong);
    }
  }
}

function cooked(sql: string, values: readonly unknown[] | undefined): QueryOptions {
  return { sql, typeCast: readCell, ...(values === undefined ? {} : { values: [...values] }) };
}

function rawColumn(field: FieldPacket): RawRows['columns'][number] {
  return { name: field.name, kind: columnKind(field) };
}

/** mysql2 marks its errors with a code, or with `fatal`; anything else was thrown by our own code. */
function isDriverError(error: unknown): boolean {
  return error instanceof Error && ('code' in error || 'fatal' in error);
}
