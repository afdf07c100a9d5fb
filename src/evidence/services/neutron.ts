import * as l10n from '@vscode/l10n';
import { wholeOf } from '../../cloud/openstack/listing';
import type { Port as ApiPort } from '../../cloud/openstack/neutronShapes';
import type { FloatingIp as ApiFloatingIp } from '../../cloud/openstack/neutronFloatingIps';
import { defined } from '../../cloud/openstack/shape';
import type { FloatingIp, Port } from '../../model/facts';
import { foreign } from './foreign';
import { groupedBy } from '../groupedBy';
import { isForeign } from './isForeign';
import type { SecondLook, Service } from './service';

export const neutron: Service = {
  name: { id: 'neutron', kind: 'neutron', name: 'Neutron' },
  type: 'network',
  regional: true,
  signs: ['port-of-none', 'idle-floating-ip'],

  async survey({ api, rows, mark, signal }) {
    const ports = await api.network.ports({}, signal);
    const devices = ports.items.filter(isOfCompute).map(deviceOf);
    if (ports.complete && rows.hasPlaced() && !devices.some((device) => rows.isLive(device)))
      return foreign(
        l10n.t(
          'Neutron lists no port of any live instance: it may be that of another region, or was emptied.',
        ),
      );
    for (const device of devices) if (rows.isNone(device)) mark(device, 'port-of-none');
    const known = new Set(ports.items.map(({ id }) => id));
    const ips = await api.network.floatingIps(signal);
    for (const { id, portId } of ips.items)
      if (portId === undefined || (ports.complete && !known.has(portId))) mark(id, 'idle-floating-ip');
    return ports.gap ?? ips.gap;
  },

  async inquire(look) {
    const network = look.many ? await listed(look) : single(look);
    return async (dossier) => {
      const neutronPorts = (await network.portsOf(dossier.uuid)).map(portOf);
      if (neutronPorts.length > 0 || !isForeign(dossier)) return { neutronPorts };
      const ip = await network.floatingIp(dossier.uuid);
      if (!ip) return { neutronPorts };
      const port = ip.portId === undefined ? undefined : await network.port(ip.portId);
      return { neutronPorts, floatingIp: floatingIpOf(ip, port) };
    };
  },
};

interface Network {
  portsOf(device: string): Promise<readonly ApiPort[]>;
  port(id: string): Promise<ApiPort | undefined>;
  floatingIp(id: string): Promise<ApiFloatingIp | undefined>;
}

function single({ api: { network }, signal }: SecondLook): Network {
  return {
    portsOf: async (deviceId) => wholeOf(await network.ports({ deviceId }, signal)),
    port: (id) => network.port(id, signal),
    floatingIp: (id) => network.floatingIp(id, signal),
  };
}

async function listed({ api: { network }, signal }: SecondLook): Promise<Network> {
  const ports = wholeOf(await network.ports({}, signal));
  const ips = new Map(wholeOf(await network.floatingIps(signal)).map((ip) => [ip.id, ip]));
  const byId = new Map(ports.map((port) => [port.id, port]));
  const byDevice = groupedBy(ports, deviceOf);
  return {
    portsOf: (device) => Promise.resolve(byDevice.get(device) ?? []),
    port: (id) => Promise.resolve(byId.get(id)),
    floatingIp: (id) => Promise.resolve(ips.get(id)),
  };
}

/** nova/network/neutron.py, _update_port_for_instance... (Zed): `compute:` and the availability zone. */
function isOfCompute({ deviceOwner }: ApiPort): boolean {
  return deviceOwner.startsWith('compute:');
}

function deviceOf({ deviceId }: ApiPort): string {
  return deviceId.toLowerCase();
}

function portOf({
  id,
  deviceOwner,
  projectId,
  status,
  addresses,
  host,
  createdAt,
  updatedAt,
}: ApiPort): Port {
  // An unbound port has the empty string.
  const bound = host === '' ? undefined : host;
  return defined({ id, deviceOwner, projectId, status, addresses, host: bound, createdAt, updatedAt });
}

function floatingIpOf(
  { address, portId, projectId, createdAt }: ApiFloatingIp,
  port: ApiPort | undefined,
): FloatingIp {
  return defined({
    address,
    portId,
    portGone: portId !== undefined && port === undefined,
    instance: port && isOfCompute(port) ? deviceOf(port) : undefined,
    projectId,
    createdAt,
  });
}
