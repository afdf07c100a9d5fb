import type { CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { CancelledError } from '../model/errors';
import { apiTables, cellTables } from '../model/instanceTables';
import type { Schema } from '../model/schema';
import { directTables } from './leftovers';
import { addressesIn } from './networkInfo';
import { readSchema } from './schema';
import { sideBySide } from './sideBySide';
import { inSnapshot } from './snapshot';
import { hasColumn, inList, quoted } from './sql';
import type { Survey } from './survey';
import { canonicalAddress, termOf, type Term } from './terms';
import { textOf, uuidOf } from './values';

const databasesAtATime = 16;

/**
 * The instances that each term means: a UUID that any source mentions, a fixed IP in a cached network info, or a
 * display_name to the letter. Looks at deleted rows too. A database that does not answer finds nothing; the survey
 * already says that it did not.
 */
export async function findInstances(
  access: CloudAccess,
  seen: Pick<Survey, 'cells' | 'hosts'>,
  terms: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string[]>> {
  const finder = new Finder(terms.map(termOf), signal);
  for (const { uuid } of seen.hosts.flatMap(({ domains, directories }) => [...domains, ...directories])) {
    finder.mentioned(uuid);
  }
  const doors = [
    () => finder.api(() => access.openApi(signal)),
    () => finder.placement(() => access.openPlacement(signal)),
    ...seen.cells.map((cell) => () => finder.cell(() => access.openCell(cell, signal))),
  ];
  await sideBySide(doors, databasesAtATime, (look) => look());
  return new Map(terms.map((term) => [term, finder.found(termOf(term))]));
}

type Open = () => Promise<Connection>;

class Finder {
  /** UUIDs found for each wanted value */
  private readonly uuids: ReadonlyMap<string, Set<string>>;
  private readonly addresses: ReadonlyMap<string, Set<string>>;
  private readonly names: ReadonlyMap<string, Set<string>>;

  constructor(
    terms: readonly Term[],
    private readonly signal: AbortSignal | undefined,
  ) {
    const wanted = (kind: Term['kind']): ReadonlyMap<string, Set<string>> =>
      new Map(terms.filter((term) => term.kind === kind).map(({ value }) => [value, new Set()]));
    this.uuids = wanted('uuid');
    this.addresses = wanted('address');
    this.names = wanted('name');
  }

  found({ kind, value }: Term): string[] {
    const wanted = { uuid: this.uuids, address: this.addresses, name: this.names }[kind];
    return [...(wanted.get(value) ?? [])];
  }

  mentioned(uuid: string): void {
    this.uuids.get(uuid)?.add(uuid);
  }

  async api(open: Open): Promise<void> {
    await this.within(open, (connection, schema) =>
      this.mentions(connection, directTables(apiTables, schema)),
    );
  }

  async placement(open: Open): Promise<void> {
    await this.within(open, (connection, schema) =>
      hasColumn(schema.tables.get('allocations'), 'consumer_id')
        ? this.mentions(connection, [{ table: 'allocations', column: 'consumer_id' }])
        : Promise.resolve(),
    );
  }

  async cell(open: Open): Promise<void> {
    await this.within(open, async (connection, schema) => {
      const named = ['instances', 'shadow_instances'].filter((table) =>
        hasColumn(schema.tables.get(table), 'uuid'),
      );
      await this.mentions(connection, [
        ...named.map((table) => ({ table, column: 'uuid' })),
        ...directTables(cellTables, schema),
      ]);
      await this.readNames(connection, named);
      if (hasColumn(schema.tables.get('instance_info_caches'), 'network_info')) {
        await this.readAddresses(connection);
      }
    });
  }

  private async mentions(
    connection: Connection,
    tables: readonly { readonly table: string; readonly column: string }[],
  ): Promise<void> {
    const uuids = [...this.uuids.keys()];
    for (const { table, column } of uuids.length > 0 ? tables : []) {
      const sql = `SELECT DISTINCT ${quoted(column)} AS uuid FROM ${quoted(table)}
        WHERE ${quoted(column)} IN ${inList(uuids)}`;
      await connection.stream(sql, uuids, (row) => this.mentioned(uuidOf(row.uuid)), this.signal);
    }
  }

  /** The server compares without regard to case: what it finds is compared again. */
  private async readNames(connection: Connection, tables: readonly string[]): Promise<void> {
    const names = [...this.names.keys()];
    for (const table of names.length > 0 ? tables : []) {
      const sql = `SELECT uuid, display_name FROM ${quoted(table)} WHERE display_name IN ${inList(names)}`;
      await connection.stream(
        sql,
        names,
        (row) => this.names.get(textOf(row.display_name) ?? '')?.add(uuidOf(row.uuid)),
        this.signal,
      );
    }
  }

  private async readAddresses(connection: Connection): Promise<void> {
    const wanted = this.addresses;
    if (wanted.size === 0) {
      return;
    }
    const anywhere = [...wanted.keys()].map((address) => `%"${address}"%`);
    const sql = `SELECT instance_uuid AS uuid, network_info FROM instance_info_caches
      WHERE ${anywhere.map(() => 'network_info LIKE ?').join(' OR ')}`;
    await connection.stream(
      sql,
      anywhere,
      (row) => {
        for (const address of addressesIn(textOf(row.network_info))) {
          wanted.get(canonicalAddress(address))?.add(uuidOf(row.uuid));
        }
      },
      this.signal,
    );
  }

  private async within(
    open: Open,
    look: (connection: Connection, schema: Schema) => Promise<void>,
  ): Promise<void> {
    try {
      await inSnapshot(
        open,
        async (connection) => look(connection, await readSchema(connection, this.signal)),
        this.signal,
      );
    } catch (error) {
      if (CancelledError.is(error)) {
        throw error;
      }
    }
  }
}
