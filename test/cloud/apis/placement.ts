import type { Database } from '../database/mariadb';
import { Refusal, type Asked, type Reply, type Routes } from './http';
import { quoted, readRows } from './rows';

/** Placement's API on its own database (placement/handlers, Zed). */
export class Placement {
  constructor(private readonly database: Pick<Database, 'sql'>) {}

  readonly routes: Routes = {
    'GET /placement/?': () => ({
      body: {
        versions: [{ id: 'v1.0', status: 'CURRENT', min_version: '1.0', max_version: '1.39', links: [] }],
      },
    }),
    'GET /placement/resource_providers': async ({ query }) => ({
      body: { resource_providers: (await this.providers(query)).map(({ view }) => view) },
    }),
    'GET /placement/resource_providers/:id': async ({ named }) => {
      const found = (await this.providers()).find(({ view }) => view.uuid === named.id);
      if (!found) throw noProvider(named.id);
      return { headers: { 'Last-Modified': found.changed }, body: found.view };
    },
    'GET /placement/resource_providers/:id/allocations': async ({ named }) => {
      const { generation } = await this.provider(named.id);
      const held = await this.held(`p.uuid = ${quoted(named.id ?? '')}`);
      const consumers = groupBy(held, ({ consumer }) => consumer);
      const allocations = Object.fromEntries(
        [...consumers].map(([consumer, rows]) => [
          consumer,
          { resources: amounts(rows), consumer_generation: Number(rows[0]?.consumer_generation) },
        ]),
      );
      return { body: { allocations, resource_provider_generation: generation } };
    },
    'GET /placement/resource_providers/:id/usages': async ({ named }) => {
      const { generation } = await this.provider(named.id);
      const held = await this.held(`p.uuid = ${quoted(named.id ?? '')}`);
      return { body: { usages: amounts(held), resource_provider_generation: generation } };
    },
    'GET /placement/allocations/:id': (asked) => this.ofConsumer(asked),
    'PUT /placement/allocations/:id': ({ named, body }) => this.replace(named.id ?? '', body as Wanted),
    'POST /placement/allocations': (asked) => this.replaceAll(asked),
    'DELETE /placement/allocations/:id': async ({ named }) => {
      if (!(await this.forget(named.id ?? '')))
        throw refusal(404, `No allocations for consumer '${named.id}'`);
      return { status: 204 };
    },
  };

  /** Removes a consumer with all it holds; false when there is none. */
  async forget(consumer: string): Promise<boolean> {
    const held = await this.held(`a.consumer_id = ${quoted(consumer)}`);
    if (held.length === 0) return false;
    await this.database.sql(
      `UPDATE resource_providers SET generation = generation + 1
        WHERE id IN (SELECT resource_provider_id FROM allocations WHERE consumer_id = ${quoted(consumer)});
       DELETE FROM allocations WHERE consumer_id = ${quoted(consumer)};
       DELETE FROM consumers WHERE uuid = ${quoted(consumer)}`,
      'placement',
    );
    return true;
  }

  /** What is left of it is a subset of what it held: the product asks for nothing else. */
  private async replace(consumer: string, wanted: Wanted): Promise<Reply> {
    await this.requireGeneration(consumer, wanted);
    const kept = Object.keys(wanted.allocations).map(quoted);
    if (kept.length === 0) {
      await this.forget(consumer);
      return { status: 204 };
    }
    await this.database.sql(
      `DELETE a FROM allocations a JOIN resource_providers p ON p.id = a.resource_provider_id
        WHERE a.consumer_id = ${quoted(consumer)} AND p.uuid NOT IN (${kept.join(', ')});
       UPDATE consumers SET generation = generation + 1 WHERE uuid = ${quoted(consumer)}`,
      'placement',
    );
    return { status: 204 };
  }

  /** Of all consumers or of none. */
  private async replaceAll({ body }: Asked): Promise<Reply> {
    const all = Object.entries(body as Readonly<Record<string, Wanted>>);
    for (const [consumer, wanted] of all) await this.requireGeneration(consumer, wanted);
    for (const [consumer, wanted] of all) await this.replace(consumer, wanted);
    return { status: 204 };
  }

  private async requireGeneration(
    consumer: string,
    { consumer_generation: expected }: Wanted,
  ): Promise<void> {
    const [row] = await readRows(
      this.database,
      ['generation'],
      `placement.consumers WHERE uuid = ${quoted(consumer)}`,
    );
    const actual = row === undefined ? null : Number(row.generation);
    if (actual !== expected)
      throw refusal(
        409,
        `consumer generation conflict - expected ${actual ?? 'null'} but got ${expected ?? 'null'}`,
      );
  }

  /** Last-Modified is when the newest of them was written: placement/util.py, pick_last_modified. */
  private async ofConsumer({ named, headers }: Asked): Promise<Reply> {
    const held = await this.held(`a.consumer_id = ${quoted(named.id ?? '')}`);
    const [first] = held;
    if (first === undefined) return { body: { allocations: {} } };
    const providers = groupBy(held, ({ provider }) => provider);
    const allocations = Object.fromEntries(
      [...providers].map(([uuid, rows]) => [
        uuid,
        { resources: amounts(rows), generation: Number(rows[0]?.provider_generation) },
      ]),
    );
    const minor = Number(/placement 1\.(\d+)/.exec(String(headers['openstack-api-version']))?.[1] ?? 0);
    const body = {
      allocations,
      project_id: first.project,
      user_id: first.user,
      consumer_generation: Number(first.consumer_generation),
      ...(minor >= 38 ? { consumer_type: await this.typeOf(named.id ?? '') } : {}),
    };
    const newest = held
      .map(({ changed }) => changed ?? '')
      .toSorted()
      .at(-1);
    return { headers: { 'Last-Modified': httpDate(newest) }, body };
  }

  /** The column came with Wallaby; what it leaves open is `unknown`. */
  private async typeOf(consumer: string): Promise<string> {
    const [row] = await readRows(
      this.database,
      ['name'],
      `placement.consumer_types WHERE id = (SELECT consumer_type_id FROM placement.consumers WHERE uuid = ${quoted(consumer)})`,
    );
    return row?.name ?? 'unknown';
  }

  /** Of the filters only traits that a provider must have, which the product asks for. */
  private async providers(query = new URLSearchParams()): Promise<Provider[]> {
    const traits = query.getAll('required').map(
      (name) => `AND p.id IN (SELECT l.resource_provider_id FROM placement.resource_provider_traits l
        JOIN placement.traits t ON t.id = l.trait_id WHERE t.name = ${quoted(name)})`,
    );
    const rows = await readRows(
      this.database,
      ['uuid', 'name', 'generation', 'parent', 'root', 'changed'],
      `(SELECT p.uuid, p.name, p.generation, parent.uuid AS parent, root.uuid AS root, p.id,
               COALESCE(p.updated_at, p.created_at) AS changed
          FROM placement.resource_providers p
          LEFT JOIN placement.resource_providers parent ON parent.id = p.parent_provider_id
          LEFT JOIN placement.resource_providers root ON root.id = p.root_provider_id
         WHERE TRUE ${traits.join(' ')}) AS providers ORDER BY id`,
    );
    return rows.map(({ uuid, name, generation, parent, root, changed }) => ({
      changed: httpDate(changed),
      view: {
        uuid,
        name,
        generation: Number(generation),
        parent_provider_uuid: parent,
        root_provider_uuid: root,
        links: [],
      },
    }));
  }

  private async provider(uuid = ''): Promise<{ generation: number }> {
    const [row] = await readRows(
      this.database,
      ['generation'],
      `placement.resource_providers WHERE uuid = ${quoted(uuid)}`,
    );
    if (row === undefined) throw noProvider(uuid);
    return { generation: Number(row.generation) };
  }

  private held(where: string): Promise<Held[]> {
    return readRows(
      this.database,
      heldColumns,
      `(SELECT p.uuid AS provider, p.generation AS provider_generation, a.consumer_id AS consumer,
               c.generation AS consumer_generation, r.name AS class, a.used,
               COALESCE(a.updated_at, a.created_at) AS changed, j.external_id AS project, u.external_id AS user
          FROM placement.allocations a
          JOIN placement.resource_providers p ON p.id = a.resource_provider_id
          JOIN placement.resource_classes r ON r.id = a.resource_class_id
          JOIN placement.consumers c ON c.uuid = a.consumer_id
          JOIN placement.projects j ON j.id = c.project_id
          JOIN placement.users u ON u.id = c.user_id
         WHERE ${where}) AS held`,
    );
  }
}

interface Wanted {
  readonly allocations: Readonly<Record<string, object>>;
  readonly consumer_generation: number | null;
}

const heldColumns = [
  'provider',
  'provider_generation',
  'consumer',
  'consumer_generation',
  'class',
  'used',
  'project',
  'user',
  'changed',
] as const;
type Held = Readonly<Record<(typeof heldColumns)[number], string | null>>;

interface Provider {
  readonly changed: string;
  readonly view: { readonly uuid: string | null } & Readonly<Record<string, unknown>>;
}

/** A DATETIME of UTC as a header has it; none is now. */
function httpDate(changed: string | null | undefined): string {
  return (changed ? new Date(`${changed.replace(' ', 'T')}Z`) : new Date()).toUTCString();
}

function groupBy(rows: readonly Held[], keyOf: (row: Held) => string | null): Map<string, Held[]> {
  const groups = new Map<string, Held[]>();
  for (const row of rows) {
    const key = keyOf(row) ?? '';
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function amounts(rows: readonly Held[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { class: name, used } of rows) sums[name ?? ''] = (sums[name ?? ''] ?? 0) + Number(used);
  return sums;
}

function noProvider(uuid = ''): Refusal {
  return refusal(404, `Resource provider '${uuid}' not found: No resource provider with uuid ${uuid} found`);
}

function refusal(status: number, detail: string): Refusal {
  const title = status === 404 ? 'Not Found' : 'Conflict';
  const code = status === 409 ? 'placement.concurrent_update' : 'placement.undefined_code';
  return new Refusal({ status, body: { errors: [{ status, title, detail, code }] } });
}
