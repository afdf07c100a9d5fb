/**
 * A value as the server's text protocol gives it: integers within 2^53 as number, all else as string. Bytes that are
 * no UTF-8 are lost in it: `raw` has them.
 */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Rows with their cells as the server sent them, for restore files. */
export interface RawRows {
  readonly columns: readonly RawColumn[];
  readonly rows: readonly (readonly (Buffer | null)[])[];
}

export interface RawColumn {
  readonly name: string;
  readonly kind: 'number' | 'real' | 'text' | 'binary' | 'time';
}

/**
 * Takes a row of the text protocol, at once, for the buffer is used again: from `offset` on each cell has its length
 * before it, or is NULL (MySQL internals, ProtocolText::ResultsetRow).
 */
export type TakeRow = (buffer: Buffer, offset: number) => void;

export interface Changed {
  /** of an UPDATE the rows that its WHERE found, even those that had the new values already (CLIENT_FOUND_ROWS) */
  readonly affectedRows: number;
}

/**
 * What a session is for. `reading`: the server itself refuses every change. `rehearsal`: changes that are to be rolled
 * back; the server keeps none that is not committed, not even one outside of a transaction.
 */
export type SessionUse = 'changes' | 'reading' | 'rehearsal';

/**
 * One session of a MariaDB or MySQL server. Statements run one after the other. Every call rejects with an
 * OperatorError (`serverErrno` tells the server's number), or CancelledError. A statement that was done before the
 * cancelling reached the server resolves.
 */
export interface Connection {
  /** `user@host:port/schema`, without the password */
  readonly name: string;
  readonly schema: string;
  /** Datetimes come as `2026-11-23 10:31:07`. Cancelling kills the query on the server. */
  query(sql: string, values?: readonly unknown[], signal?: AbortSignal): Promise<Row[]>;
  /** Rows as they come, never more than a few in memory. */
  stream(
    sql: string,
    values: readonly unknown[],
    onRow: (row: Row) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  raw(sql: string, signal?: AbortSignal): Promise<RawRows>;
  /** Rows as the server sent them, for more of them than `raw` could hold; `start` hears what columns they have. */
  packets(
    sql: string,
    start: (columns: readonly RawColumn[]) => TakeRow,
    signal?: AbortSignal,
  ): Promise<void>;
  change(sql: string, signal?: AbortSignal): Promise<Changed>;
  close(): Promise<void>;
}
