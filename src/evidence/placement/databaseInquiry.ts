import type { Connection } from '../../cloud/database/connection';
import type { Allocation, Consumer, ResourceProvider } from '../../model/facts';
import type { Schema } from '../../model/schema';
import type { Named } from '../named';
import type { HostReport } from '../hostReport';
import { hasColumn, inList } from '../sql';
import { integerOf, textOf, timeOf, uuidOf } from '../values';
import { isSharing, rootOf } from './databaseProviders';
import { hostsOfProviders, type PlacementFindings, type PlacementInquiry } from './findings';

/** Reads Placement's database. */
export class DatabaseInquiry implements PlacementInquiry {
  private readonly hostOf: (uuid: string, name: string) => string;

  /** @param hosts by their nodes a provider is traced to the host's name in Nova, where there is one */
  constructor(
    private readonly connection: Connection,
    private readonly schema: Schema,
    hosts: readonly HostReport[],
    private readonly signal?: AbortSignal,
  ) {
    this.hostOf = hostsOfProviders(hosts);
  }

  async read(uuids: readonly string[]): Promise<PlacementFindings> {
    return {
      allocations: await this.allocations(uuids),
      consumers: await this.consumers(uuids),
      providers: await this.providers(uuids),
    };
  }

  /**
   * The resource providers on which the consumers have allocations, one for each machine: what is allocated on a
   * nested provider (a PCI device, a NUMA node) counts for its root, which is the compute node. A pool of shared
   * storage is no machine.
   */
  private async allocations(uuids: readonly string[]): Promise<Named<Allocation>[]> {
    const sql = `SELECT DISTINCT a.consumer_id AS consumer, COALESCE(root.uuid, rp.uuid) AS uuid,
        COALESCE(root.name, rp.name) AS name
      FROM allocations a JOIN resource_providers rp ON rp.id = a.resource_provider_id
        LEFT JOIN resource_providers root ON root.id = ${rootOf(this.schema, 'rp')}
      WHERE a.consumer_id IN ${inList(uuids)} AND NOT ${isSharing(this.schema, 'COALESCE(root.id, rp.id)')}`;
    return (await this.connection.query(sql, uuids, this.signal)).map((row) => {
      const providerUuid = String(row.uuid);
      const name = String(row.name);
      return {
        uuid: uuidOf(row.consumer),
        fact: { providerUuid, provider: this.hostOf(providerUuid, name) },
      };
    });
  }

  /** Those with allocations and without a row of `consumers`, as before Rocky, are consumers too. */
  private async consumers(uuids: readonly string[]): Promise<Map<string, Consumer>> {
    const { connection, schema, signal } = this;
    const among = inList(uuids);
    const counted = await connection.query(
      `SELECT consumer_id AS uuid, COUNT(*) AS n, MAX(COALESCE(updated_at, created_at)) AS changed_at
        FROM allocations WHERE consumer_id IN ${among} GROUP BY consumer_id`,
      uuids,
      signal,
    );
    const consumers = new Map<string, Consumer>(
      counted.map((row) => {
        const changedAt = timeOf(row.changed_at);
        return [
          uuidOf(row.uuid),
          { allocations: integerOf(row.n), ...(changedAt === null ? {} : { changedAt }) },
        ];
      }),
    );
    const typed = hasColumn(schema.tables.get('consumers'), 'consumer_type_id');
    const sql = `SELECT c.uuid, c.created_at, p.external_id AS project, ${typed ? 't.name' : 'NULL'} AS type
      FROM consumers c LEFT JOIN projects p ON p.id = c.project_id
        ${typed ? 'LEFT JOIN consumer_types t ON t.id = c.consumer_type_id' : ''} WHERE c.uuid IN ${among}`;
    for (const row of await connection.query(sql, uuids, signal)) {
      const uuid = uuidOf(row.uuid);
      const [type, projectId, createdAt] = [textOf(row.type), textOf(row.project), timeOf(row.created_at)];
      consumers.set(uuid, {
        ...(type === null ? {} : { type }),
        ...(projectId === null ? {} : { projectId }),
        ...(createdAt === null ? {} : { createdAt }),
        ...(consumers.get(uuid) ?? { allocations: 0 }),
      });
    }
    return consumers;
  }

  /** Root providers that share nothing; consumers of nested ones count for them. */
  private async providers(
    uuids: readonly string[],
  ): Promise<Map<string, Omit<ResourceProvider, 'namesakes'>>> {
    const { connection, schema, signal } = this;
    const sql = `SELECT root.uuid, root.name, root.created_at, COUNT(DISTINCT a.consumer_id) AS consumers
      FROM resource_providers root JOIN resource_providers rp ON ${rootOf(schema, 'rp')} = root.id
        LEFT JOIN allocations a ON a.resource_provider_id = rp.id
      WHERE root.uuid IN ${inList(uuids)} AND NOT ${isSharing(schema, 'root.id')}
      GROUP BY root.id, root.uuid, root.name, root.created_at`;
    const rows = await connection.query(sql, uuids, signal);
    return new Map(
      rows.map((row) => {
        const createdAt = timeOf(row.created_at);
        const facts = { name: textOf(row.name) ?? '', consumers: integerOf(row.consumers) };
        return [uuidOf(row.uuid), { ...facts, ...(createdAt === null ? {} : { createdAt }) }];
      }),
    );
  }
}
