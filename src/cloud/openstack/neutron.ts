import type { NetworkApi } from './openStackApi';
import type { ApiSession, Query } from './apiSession';
import { orAbsent } from './absence';
import { gapOfAccount, list, withGap, type Listing } from './listing';
import { getFloatingIp, listFloatingIps, type FloatingIp } from './neutronFloatingIps';
import { defined, type Shape } from './shape';
import type { Port, PortFilter } from './neutronShapes';

const fields = [
  ...['id', 'name', 'network_id', 'project_id', 'tenant_id', 'device_id', 'device_owner', 'status'],
  ...['mac_address', 'fixed_ips', 'binding:host_id', 'revision_number', 'created_at', 'updated_at'],
].map((name): [string, string] => ['fields', name]);

/** Without it Neutron sends all ports in one answer, unless its pagination_max_limit is set. */
const pageSize = '1000';

/** Neutron's API v2.0: ports, and floating IPs where it routes. */
export class Neutron implements NetworkApi {
  constructor(private readonly session: ApiSession) {}

  async ports({ deviceId }: PortFilter = {}, signal?: AbortSignal): Promise<Listing<Port>> {
    const query: Query = [
      ...(deviceId === undefined ? [] : [['device_id', deviceId] as const]),
      ['limit', pageSize],
      ...fields,
    ];
    const ports = await list<Port>(
      this.session,
      {
        call: { service: 'network', path: '/ports', query },
        field: 'ports',
        read: readPort,
        idOf: ({ id }) => id,
        pages: 'link',
      },
      signal,
    );
    return ports.complete ? withGap(ports, await gapOfAccount(this.session)) : ports;
  }

  /** Undefined when Neutron says that it has none. */
  async port(id: string, signal?: AbortSignal): Promise<Port | undefined> {
    const body = await orAbsent(this.session, `port ${id}`, () =>
      this.session.read({ service: 'network', path: pathOf(id), query: fields }, signal),
    );
    return body && readPort(body.object('port'));
  }

  async floatingIps(signal?: AbortSignal): Promise<Listing<FloatingIp>> {
    return listFloatingIps(this.session, signal);
  }

  /** Undefined when Neutron says that it has none. */
  async floatingIp(id: string, signal?: AbortSignal): Promise<FloatingIp | undefined> {
    return getFloatingIp(this.session, id, signal);
  }

  /** Deletes the port as it was read: when it has changed since, this is a `conflict`. */
  deletePort(read: Port, signal?: AbortSignal): Promise<void> {
    return this.session.change(
      { service: 'network', method: 'DELETE', path: pathOf(read.id), headers: unchanged(read) },
      signal,
    );
  }

  /**
   * Makes the port as it was read free for another device, as Nova does with one that the user made beforehand
   * (nova/network/neutron.py, _unbind_ports, Zed).
   */
  unsetDevice(read: Port, signal?: AbortSignal): Promise<void> {
    return this.session.change(
      {
        service: 'network',
        method: 'PUT',
        path: pathOf(read.id),
        body: { port: { device_id: '', device_owner: '', 'binding:host_id': null } },
        headers: unchanged(read),
      },
      signal,
    );
  }
}

/** `networking API`, "Revisions": the extension revision-if-match. */
function unchanged({ revision }: Port): Record<string, string> {
  return revision === undefined ? {} : { 'If-Match': `revision_number=${revision}` };
}

function pathOf(id: string): string {
  return `/ports/${encodeURIComponent(id)}`;
}

function readPort(item: Shape): Port {
  return defined({
    id: item.text('id'),
    networkId: item.text('network_id'),
    // Neutron before Newton knows tenant_id only
    projectId: item.optionalText('project_id') ?? item.text('tenant_id'),
    deviceId: item.optionalText('device_id') ?? '',
    deviceOwner: item.optionalText('device_owner') ?? '',
    status: item.text('status'),
    macAddress: item.text('mac_address'),
    addresses: item.optionalList('fixed_ips').map((address) => address.text('ip_address')),
    name: item.optionalText('name') ?? '',
    host: item.optionalText('binding:host_id'),
    createdAt: item.optionalTime('created_at'),
    updatedAt: item.optionalTime('updated_at'),
    revision: item.optionalNumber('revision_number'),
  });
}
