import type { ApiSession, Query } from './apiSession';
import { orAbsent } from './absence';
import { gapOf, gapOfAccount, incomplete, list, withGap, type Listing } from './listing';
import { defined, type Shape } from './shape';

/** `networking API`, "Show floating IP details". */
export interface FloatingIp {
  readonly id: string;
  readonly address: string;
  /** absent: bound to no port */
  readonly portId?: string;
  readonly fixedAddress?: string;
  readonly projectId: string;
  readonly status?: string;
  readonly createdAt?: string;
}

const fields: Query = [
  ...['id', 'floating_ip_address', 'port_id', 'fixed_ip_address', 'project_id', 'tenant_id', 'status'],
  'created_at',
].map((name) => ['fields', name] as const);

const pageSize = '1000';

export async function listFloatingIps(
  session: ApiSession,
  signal?: AbortSignal,
): Promise<Listing<FloatingIp>> {
  try {
    if (!(await routes(session, signal))) return { items: [], complete: true };
  } catch (error) {
    return incomplete([], gapOf(error));
  }
  const ips = await list<FloatingIp>(
    session,
    {
      call: { service: 'network', path: '/floatingips', query: [['limit', pageSize], ...fields] },
      field: 'floatingips',
      read: readFloatingIp,
      idOf: ({ id }) => id,
      pages: 'link',
    },
    signal,
  );
  return ips.complete ? withGap(ips, await gapOfAccount(session)) : ips;
}

export async function getFloatingIp(
  session: ApiSession,
  id: string,
  signal?: AbortSignal,
): Promise<FloatingIp | undefined> {
  if (!(await routes(session, signal))) return undefined;
  const path = `/floatingips/${encodeURIComponent(id)}`;
  const body = await orAbsent(session, `floating IP ${id}`, () =>
    session.read({ service: 'network', path, query: fields }, signal),
  );
  return body && readFloatingIp(body.object('floatingip'));
}

/** Without the extension `router` (neutron_lib/api/definitions/l3.py) the path itself is a 404. */
async function routes(session: ApiSession, signal?: AbortSignal): Promise<boolean> {
  const body = await session.read({ service: 'network', path: '/extensions' }, signal);
  return body.list('extensions').some((extension) => extension.text('alias') === 'router');
}

function readFloatingIp(item: Shape): FloatingIp {
  return defined({
    id: item.text('id'),
    address: item.text('floating_ip_address'),
    portId: item.optionalText('port_id'),
    fixedAddress: item.optionalText('fixed_ip_address'),
    // Neutron before Newton knows tenant_id only
    projectId: item.optionalText('project_id') ?? item.text('tenant_id'),
    status: item.optionalText('status'),
    createdAt: item.optionalTime('created_at'),
  });
}
