import type { FieldPacket, Query } from 'mysql2';
import { columnKind } from './cells';
import type { RawColumn, TakeRow } from './connection';

/** A row of the text protocol as mysql2 hands it on: its cells begin at `offset`. */
interface RowPacket {
  readonly buffer: Buffer;
  readonly offset: number;
  isEOF(): boolean;
}

/** What mysql2's Query is made of, and its types do not tell (lib/commands/query.js). */
type State = (packet: RowPacket, connection: unknown) => State | null;
interface Internals {
  row: State;
}

/**
 * Lets a query hand on its rows as they are, without a value for each cell. To be called before its
 * answer comes; what takes the rows must not throw.
 */
export function takePackets(command: Query, start: (columns: readonly RawColumn[]) => TakeRow): void {
  let take: TakeRow | undefined;
  command.on('fields', (fields: FieldPacket[]) => {
    take = start(fields.map((field) => ({ name: field.name, kind: columnKind(field) })));
  });
  const query = command as unknown as Internals;
  const end = query.row.bind(query);
  const row: State = (packet, connection) => {
    if (packet.isEOF()) return end(packet, connection);
    take?.(packet.buffer, packet.offset);
    return row;
  };
  query.row = row;
}
