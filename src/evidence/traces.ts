import type { CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { CancelledError } from '../model/errors';
import { apiDatabaseId, type Column, type Schema, type Table } from '../model/schema';
import { apiSourceId, cellSourceId, placementSourceId } from '../model/source';
import { masked } from './masks';
import { readSchema } from './schema';
import { sideBySide } from './sideBySide';
import { inSnapshot } from './snapshot';
import { hasColumn, quoted } from './sql';
import type { Survey } from './survey';
import { textOf } from './values';

/** Rows of one table that mention an instance, secrets masked. */
export interface Trace {
  /** `api`, the UUID of a cell, or `placement` */
  readonly database: string;
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}

interface Door {
  readonly database: string;
  readonly source: string;
  readonly open: () => Promise<Connection>;
}

const databasesAtATime = 16;

/**
 * Every row of every database that mentions the UUID in a column that may name an instance, and the events of its
 * actions. A database that was a gap in the survey may be one again; any other that cannot be read rejects.
 */
export async function readTraces(
  access: CloudAccess,
  seen: Pick<Survey, 'cells' | 'scene'>,
  uuid: string,
  signal?: AbortSignal,
): Promise<Trace[]> {
  const gaps = new Set(seen.scene.sources.filter(({ complete }) => !complete).map(({ id }) => id));
  // Its API may have answered in place of its database.
  if (access.openOpenStack) gaps.add(placementSourceId);
  const doors: Door[] = [
    ...seen.cells.map((cell) => ({
      database: cell.uuid,
      source: cellSourceId(cell.uuid),
      open: () => access.openCell(cell, signal),
    })),
    { database: apiDatabaseId, source: apiSourceId, open: () => access.openApi(signal) },
    { database: 'placement', source: placementSourceId, open: () => access.openPlacement(signal) },
  ];
  const traces = await sideBySide(doors, databasesAtATime, async ({ database, source, open }) => {
    try {
      return await inSnapshot(open, (connection) => tracesIn(connection, database, uuid, signal), signal);
    } catch (error) {
      if (CancelledError.is(error) || !gaps.has(source)) {
        throw error;
      }
      return [];
    }
  });
  return traces.flat();
}

async function tracesIn(
  connection: Connection,
  database: string,
  uuid: string,
  signal: AbortSignal | undefined,
): Promise<Trace[]> {
  const schema = await readSchema(connection, signal);
  const traces: Trace[] = [];
  for (const table of schema.tables.values()) {
    const where = whereMentioned(table, schema);
    if (where === undefined) {
      continue;
    }
    const found = await connection.query(
      `SELECT * FROM ${quoted(table.name)} WHERE ${where}`,
      fill(where, uuid),
      signal,
    );
    if (found.length > 0) {
      const rows = found.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            masked(table.name, column, textOf(value), row),
          ]),
        ),
      );
      traces.push({ database, table: table.name, rows });
    }
  }
  return traces;
}

/** Undefined for a table that cannot name an instance. */
function whereMentioned(table: Table, schema: Schema): string | undefined {
  const conditions = table.columns.filter(mayName).map(({ name }) => `${quoted(name)} = ?`);
  if (hasColumn(table, 'action_id') && hasColumn(schema.tables.get('instance_actions'), 'instance_uuid')) {
    conditions.push('action_id IN (SELECT id FROM instance_actions WHERE instance_uuid = ?)');
  }
  return conditions.length > 0 ? conditions.join(' OR ') : undefined;
}

function fill(where: string, uuid: string): string[] {
  return Array.from(where.matchAll(/\?/g), () => uuid);
}

/** A text column with room for a UUID and the name of one: `uuid`, `instance_uuid`, `resource_id`, `consumer_id`. */
function mayName({ name, type }: Column): boolean {
  const [, room] = /^(?:var)?char\((\d+)\)/i.exec(type) ?? [];
  return (
    Number(room) >= 36 &&
    /(^|_)(uuid|id)$/.test(name) &&
    !/^(user|project|reservation|request|image)_id$/.test(name)
  );
}
