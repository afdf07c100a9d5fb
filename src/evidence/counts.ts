import type { Connection, Row } from '../cloud/database/connection';
import type { InstanceRow } from '../model/facts';
import type { InstanceTable } from '../model/instanceTables';
import type { Schema } from '../model/schema';
import { batches, hasColumn, inList, quoted } from './sql';
import { integerOf, uuidOf } from './values';

interface Counted {
  /** rows by table; `<table>:live` for those with deleted = 0 */
  readonly counts: Map<string, number>;
  /** ids of the rows of a table through which others name the instance */
  readonly ids: Map<string, number[]>;
}

/** Counts the rows of one database that name some instances. */
export class TableCounter {
  private readonly counted = new Map<string, Counted>();

  constructor(
    private readonly connection: Connection,
    private readonly schema: Schema,
    private readonly uuids: readonly string[],
    private readonly instances: ReadonlyMap<string, InstanceRow>,
    private readonly signal?: AbortSignal,
  ) {}

  of(uuid: string): Counted {
    const known = this.counted.get(uuid) ?? { counts: new Map(), ids: new Map() };
    this.counted.set(uuid, known);
    return known;
  }

  /** Tables that are not here, or not with that column, have no rows. */
  async count(tables: readonly InstanceTable[]): Promise<void> {
    for (const table of tables) {
      if (!hasColumn(this.schema.tables.get(table.table), table.column)) {
        continue;
      }
      if (table.through) {
        await this.countThrough(table, await this.parents(table.through));
      } else {
        await this.countDirect(table);
      }
    }
  }

  private async countDirect({ table, column }: InstanceTable): Promise<void> {
    for (const row of await this.query(table, column, this.uuids)) {
      this.add(uuidOf(row.parent), table, row);
    }
  }

  private async countThrough(
    { table, column }: InstanceTable,
    parents: ReadonlyMap<number, string>,
  ): Promise<void> {
    for (const ids of batches([...parents.keys()])) {
      for (const row of await this.query(table, column, ids)) {
        const uuid = parents.get(integerOf(row.parent));
        if (uuid !== undefined) {
          this.add(uuid, table, row);
        }
      }
    }
  }

  private query(table: string, column: string, values: readonly (string | number)[]): Promise<Row[]> {
    const named = quoted(column);
    const live = hasColumn(this.schema.tables.get(table), 'deleted') ? 'SUM(deleted = 0)' : 'NULL';
    const sql = `SELECT ${named} AS parent, COUNT(*) AS n, ${live} AS live FROM ${quoted(table)}
      WHERE ${named} IN ${inList(values)} GROUP BY ${named}`;
    return this.connection.query(sql, values, this.signal);
  }

  private add(uuid: string, table: string, row: Row): void {
    const { counts } = this.of(uuid);
    counts.set(table, (counts.get(table) ?? 0) + integerOf(row.n));
    if (row.live !== null) {
      counts.set(`${table}:live`, (counts.get(`${table}:live`) ?? 0) + integerOf(row.live));
    }
  }

  /** UUID by the id of the row through which it is named. */
  private async parents(
    through: NonNullable<InstanceTable['through']>,
  ): Promise<ReadonlyMap<number, string>> {
    const parents = new Map<number, string>();
    if (through.table === 'instances') {
      for (const { id, uuid } of this.instances.values()) {
        parents.set(id, uuid);
      }
    } else if (hasColumn(this.schema.tables.get(through.table), through.column)) {
      const named = quoted(through.column);
      const sql = `SELECT id, ${named} AS uuid FROM ${quoted(through.table)}
        WHERE ${named} IN ${inList(this.uuids)} ORDER BY id`;
      for (const row of await this.connection.query(sql, this.uuids, this.signal)) {
        parents.set(integerOf(row.id), uuidOf(row.uuid));
      }
    }
    for (const [id, uuid] of parents) {
      const { ids } = this.of(uuid);
      const known = ids.get(through.table) ?? [];
      ids.set(through.table, known);
      known.push(id);
    }
    return parents;
  }
}
