import type { ComputeApi } from './openStackApi';
import type { ApiSession } from './apiSession';
import { orAbsent } from './absence';
import { list, withGap, type Listing } from './listing';
import type { Microversions } from './microversion';
import {
  listHypervisors,
  listMigrations,
  type Hypervisor,
  type Migration,
  type MigrationFilter,
} from './novaHosts';
import { acrossCells, gapOfCells, listServices, listVersions, type ComputeService } from './novaServices';
import { readServer, type Server, type ServerFilter } from './novaServer';
import { defined, type Shape } from './shape';
import { actions, type InstanceAction, type ServerAction } from './serverActions';

/**
 * From 2.69 on, an instance in a down cell is a 404 when its request_spec is gone or its mapping says
 * queued_for_delete; below it is a 500 (nova/compute/api.py, _get_instance_from_cell, Zed).
 */
const oneVersions: Microversions = { least: '2.1', most: '2.68' };

/** Nova's API v2.1: servers. */
export class Nova implements ComputeApi {
  constructor(private readonly session: ApiSession) {}

  async servers(filter: ServerFilter = {}, signal?: AbortSignal): Promise<Listing<Server>> {
    const listing = await list<Server>(
      this.session,
      {
        call: { service: 'compute', path: '/servers/detail', query: queryOf(filter), versions: listVersions },
        field: 'servers',
        read: (item) => readServer(item),
        idOf: ({ id }) => id,
        pages: 'link',
      },
      signal,
    );
    return listing.complete
      ? withGap(listing, await gapOfCells(this.session, listing.items, signal))
      : listing;
  }

  async serverIds(signal?: AbortSignal): Promise<Listing<string>> {
    const ids = await list<string>(
      this.session,
      {
        call: { service: 'compute', path: '/servers', query: queryOf({}), versions: listVersions },
        field: 'servers',
        read: (item) => item.text('id'),
        idOf: (id) => id,
        pages: 'link',
      },
      signal,
    );
    return acrossCells(this.session, ids, signal);
  }

  async server(id: string, signal?: AbortSignal): Promise<Server | undefined> {
    const body = await orAbsent(this.session, `server ${id}`, () =>
      this.session.read({ service: 'compute', path: pathOf(id), versions: oneVersions }, signal),
    );
    return body && readServer(body.object('server'));
  }

  instanceActions(id: string, signal?: AbortSignal): Promise<Listing<InstanceAction>> {
    return list<InstanceAction>(
      this.session,
      {
        call: {
          service: 'compute',
          path: `${pathOf(id)}/os-instance-actions`,
          // from 2.58 on it comes in pages, with links of its own kind
          versions: { least: '2.21', most: '2.57' },
        },
        field: 'instanceActions',
        read: readAction,
        idOf: ({ requestId, startedAt, action }) => `${requestId} ${startedAt} ${action}`,
        pages: 'none',
      },
      signal,
    );
  }

  deleteServer(id: string, signal?: AbortSignal): Promise<void> {
    return this.session.change(
      { service: 'compute', method: 'DELETE', path: pathOf(id), versions: oneVersions },
      signal,
    );
  }

  services(signal?: AbortSignal): Promise<Listing<ComputeService>> {
    return listServices(this.session, signal);
  }

  hypervisors(signal?: AbortSignal): Promise<Listing<Hypervisor>> {
    return listHypervisors(this.session, signal);
  }

  migrations(filter: MigrationFilter = {}, signal?: AbortSignal): Promise<Listing<Migration>> {
    return listMigrations(this.session, filter, signal);
  }

  act(id: string, action: ServerAction, signal?: AbortSignal): Promise<void> {
    return this.session.change(
      {
        service: 'compute',
        method: 'POST',
        path: `${pathOf(id)}/action`,
        body: actions[action],
        versions: oneVersions,
      },
      signal,
    );
  }
}

function queryOf({ deleted, host, projectId }: ServerFilter): [string, string][] {
  return [
    ['all_tenants', '1'],
    ...(deleted === undefined ? [] : [['deleted', String(deleted)] as [string, string]]),
    ...(host === undefined ? [] : [['host', host] as [string, string]]),
    ...(projectId === undefined ? [] : [['project_id', projectId] as [string, string]]),
  ];
}

function pathOf(id: string): string {
  return `/servers/${encodeURIComponent(id)}`;
}

function readAction(item: Shape): InstanceAction {
  return defined({
    requestId: item.text('request_id'),
    action: item.text('action'),
    startedAt: item.text('start_time'),
    userId: item.optionalText('user_id'),
    message: item.optionalText('message'),
  });
}
