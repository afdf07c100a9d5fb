import type { Database } from '../database/mariadb';
import { Refusal, type Asked, type Reply, type Routes } from './http';
import { deleteServer, type Surroundings } from './novaDelete';
import { allNodes, allServers, allServices, attachedVolumes, oneServer, type ServerRow } from './novaRows';
import { collection, pageOf } from './pages';
import { nodeView, requestedView, serverView, serviceView } from './novaViews';
import { quoted, readRows } from './rows';

/** Nova's API v2.1 on the cells' databases (nova/api/openstack/compute, Zed). */
export class Nova {
  private readonly deletes = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly surroundings: Surroundings,
    /** by which a service counts as up: nothing in the demo cloud reports after it was planted */
    private readonly planted: () => Date,
  ) {}

  readonly routes: Routes = {
    'GET /compute/v2.1/': () => ({
      body: { version: { id: 'v2.1', status: 'CURRENT', version: '2.93', min_version: '2.1', links: [] } },
    }),
    'GET /compute/v2.1/servers/detail': (asked) => this.list(asked),
    'GET /compute/v2.1/servers/:id': async (asked) => {
      const row = await this.known(asked);
      if (row === 'requested') return { body: { server: await this.requested(asked.named.id ?? '') } };
      return { body: { server: (await this.views([row]))[0] } };
    },
    'DELETE /compute/v2.1/servers/:id': async (asked) => {
      await this.delete(asked);
      return { status: 204 };
    },
    'POST /compute/v2.1/servers/:id/action': (asked) => this.act(asked),
    'GET /compute/v2.1/servers/:id/os-instance-actions': (asked) => this.actions(asked),
    'GET /compute/v2.1/os-services': async () => {
      const services = await allServices(this.database);
      return { body: { services: services.map((row) => serviceView(row, this.planted())) } };
    },
    'GET /compute/v2.1/os-hypervisors/detail': async (asked) => {
      const services = await allServices(this.database);
      const page = pageOf(asked, await allNodes(this.database), ({ uuid }) => uuid ?? '');
      const items = page.items.map((row) => nodeView(row, services, this.planted()));
      return { body: collection('hypervisors', { ...page, items }) };
    },
  };

  /** As Cinder asks before it deletes an attachment: GET /servers/{id}/os-volume_attachments/{volume}. */
  async hasAttachment(server: string, attachment: string): Promise<boolean> {
    const row = await oneServer(this.database, server);
    if (row === undefined || row === 'requested') return false;
    return (await attachedVolumes(this.database, [server])).some((each) => each.attachment === attachment);
  }

  /** Waits for what it answered before it was done. */
  async settled(): Promise<void> {
    await Promise.all(this.deletes);
  }

  private async list(asked: Asked): Promise<Reply> {
    const deleted = /^(1|true)$/i.test(asked.query.get('deleted') ?? '');
    const all = await allServers(this.database, deleted);
    const filters = [
      ['host', asked.query.get('host')],
      ['project_id', asked.query.get('project_id')],
    ] as const;
    const found = all.filter(({ values }) =>
      filters.every(([column, wanted]) => wanted === null || values[column] === wanted),
    );
    const page = pageOf(asked, found, ({ values }) => values.uuid ?? '');
    return { body: collection('servers', { ...page, items: await this.views(page.items) }) };
  }

  private async views(rows: readonly ServerRow[]): Promise<object[]> {
    const volumes = await attachedVolumes(
      this.database,
      rows.map(({ values }) => values.uuid ?? ''),
    );
    return rows.map((row) =>
      serverView(
        row,
        volumes.filter(({ server }) => server === row.values.uuid).map(({ volume }) => volume),
      ),
    );
  }

  private async requested(uuid: string): Promise<object> {
    const [row] = await readRows(
      this.database,
      ['instance', 'project_id', 'created_at'],
      `nova_api.build_requests WHERE instance_uuid = ${quoted(uuid)}`,
    );
    return requestedView(uuid, row ?? {});
  }

  /** nova/compute/api.py, _delete, Zed: a second delete while one is under way is accepted, and nothing comes of it. */
  private async delete(asked: Asked): Promise<void> {
    const row = await this.known(asked);
    if (row === 'requested') return this.deleteRequest(asked.named.id ?? '');
    if (row.values.task_state === 'deleting' || row.values.task_state === 'soft-deleting') return;
    await this.database.sql(
      `UPDATE instances SET task_state = 'deleting', updated_at = UTC_TIMESTAMP()
        WHERE uuid = ${quoted(row.values.uuid ?? '')} AND deleted = 0`,
      row.database,
    );
    const deleting = deleteServer(this.database, this.surroundings, row)
      .catch((error: unknown) => console.error(error))
      .finally(() => this.deletes.delete(deleting));
    this.deletes.add(deleting);
  }

  /** nova/compute/api.py, _delete_while_booting and _local_delete_cleanup, Zed */
  private async deleteRequest(uuid: string): Promise<void> {
    const of = quoted(uuid);
    await this.database.sql(
      `DELETE FROM build_requests WHERE instance_uuid = ${of};
       UPDATE instance_mappings SET queued_for_delete = 1 WHERE instance_uuid = ${of}`,
      'nova_api',
    );
    await this.surroundings.placement.forget(uuid);
  }

  private async act(asked: Asked): Promise<Reply> {
    const body = asked.body as { 'os-resetState'?: { state?: string }; forceDelete?: null };
    const state = body['os-resetState']?.state;
    if ('forceDelete' in body) {
      await this.delete(asked);
      return { status: 202 };
    }
    if (state !== 'error' && state !== 'active')
      throw refusal(400, 'badRequest', `There is no such action: ${Object.keys(body).join()}`);
    const row = await this.known(asked);
    if (row === 'requested') throw notFound(asked);
    await this.database.sql(
      `UPDATE instances SET vm_state = ${quoted(state)}, task_state = NULL, updated_at = UTC_TIMESTAMP()
        WHERE uuid = ${quoted(row.values.uuid ?? '')} AND deleted = 0`,
      row.database,
    );
    return { status: 202 };
  }

  private async actions(asked: Asked): Promise<Reply> {
    const row = await this.known(asked);
    if (row === 'requested') throw notFound(asked);
    const found = await readRows(
      this.database,
      ['request_id', 'action', 'start_time', 'user_id', 'project_id', 'message', 'updated_at'],
      `${row.database}.instance_actions WHERE instance_uuid = ${quoted(row.values.uuid ?? '')} ORDER BY id DESC`,
    );
    const instanceActions = found.map((each) => ({
      ...each,
      instance_uuid: row.values.uuid,
      start_time: (each.start_time ?? '').replace(' ', 'T'),
    }));
    return { body: { instanceActions } };
  }

  private async known(asked: Asked): Promise<ServerRow | 'requested'> {
    const row = await oneServer(this.database, asked.named.id ?? '');
    if (row === undefined) throw notFound(asked);
    return row;
  }
}

function notFound({ named }: Asked): Refusal {
  return refusal(404, 'itemNotFound', `Instance ${named.id} could not be found.`);
}

function refusal(status: number, type: string, message: string): Refusal {
  return new Refusal({ status, body: { [type]: { code: status, message } } });
}
