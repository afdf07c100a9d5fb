import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Sign } from '../../../../src/model/sign';
import type { DemoCloud } from '../../../cloud/demoCloud';

export interface Sown {
  readonly sign: Sign;
  readonly story: string;
  readonly uuid: string;
  /** false: the healthy twin */
  readonly shows: boolean;
}

/** Healthy instances and soft-deleted ones of cell1, each taken once, and what is done to them by SQL. */
export class Field {
  readonly sown: Sown[] = [];
  private readonly statements: string[] = [];

  private constructor(
    private readonly live: string[],
    private readonly deleted: string[],
    private readonly tables: ReadonlySet<string>,
  ) {}

  static async of(cloud: DemoCloud): Promise<Field> {
    const column = async (sql: string): Promise<string[]> =>
      (await cloud.sql(sql)).flatMap(([value]) => value ?? []);
    return new Field(
      await column(`SELECT i.uuid FROM nova_cell1.instances i
        WHERE i.deleted = 0 AND i.vm_state = 'active' AND i.task_state IS NULL AND i.host IN ('compute-01', 'compute-02')
          AND i.uuid NOT IN (SELECT instance_uuid FROM nova_cell1.migrations)
          AND i.uuid IN (SELECT consumer_id FROM placement.allocations)
          AND i.uuid IN (SELECT instance_uuid FROM nova_api.instance_mappings)
          AND i.uuid IN (SELECT instance_uuid FROM nova_cell1.instance_info_caches WHERE network_info <> '[]')`),
      await column(`SELECT uuid FROM nova_cell1.instances WHERE deleted = id AND deleted_at IS NOT NULL AND cleaned = 1
        AND uuid IN (SELECT instance_uuid FROM nova_api.instance_mappings WHERE queued_for_delete = 1)`),
      new Set(await column("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables")),
    );
  }

  /** False where the release does not have the table. */
  has(table: string): boolean {
    return this.tables.has(table);
  }

  aLiveOne(): string {
    return taken(this.live);
  }

  aDeletedOne(): string {
    return taken(this.deleted);
  }

  show(sign: Sign, story: string, uuid: string, ...sql: readonly string[]): void {
    this.sown.push({ sign, story, uuid, shows: true });
    this.statements.push(...sql);
  }

  hide(sign: Sign, story: string, uuid: string, ...sql: readonly string[]): void {
    this.sown.push({ sign, story, uuid, shows: false });
    this.statements.push(...sql);
  }

  async sow(cloud: DemoCloud): Promise<void> {
    await cloud.sql(this.statements.join(';\n'), 'nova_cell1');
  }
}

export function aUuid(): string {
  return randomUUID();
}

function taken(uuids: string[]): string {
  const uuid = uuids.pop();
  assert.ok(uuid, 'the demo cloud has too few instances in good order');
  return uuid;
}
