import type { Connection } from '../cloud/database/connection';

/** The same session, on which a cancel ends whatever goes on: also the questions that a change asks before and after itself. */
export function cancellable(connection: Connection, signal: AbortSignal | undefined): Connection {
  return {
    name: connection.name,
    schema: connection.schema,
    query: (sql, values, own = signal) => connection.query(sql, values, own),
    stream: (sql, values, onRow, own = signal) => connection.stream(sql, values, onRow, own),
    raw: (sql, own = signal) => connection.raw(sql, own),
    packets: (sql, start, own = signal) => connection.packets(sql, start, own),
    change: (sql, own = signal) => connection.change(sql, own),
    close: () => connection.close(),
  };
}
