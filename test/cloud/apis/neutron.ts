import type { PortPlan, ServicePlans } from '../population/servicePlans';
import { uuidOf } from '../population/world';
import { Refusal, type Asked, type Routes } from './http';
import { collection, pageOf } from './pages';

/** What Neutron has: what was planted, and what requests made of it. */
interface State {
  readonly ports: Map<string, Resource>;
  readonly floatingIps: Map<string, Resource>;
}

type Resource = Readonly<Record<string, unknown>> & { readonly id: string; readonly revision_number: number };

/** Neutron's API v2.0: ports and floating IPs (networking API v2.0). */
export class Neutron {
  private state: State = { ports: new Map(), floatingIps: new Map() };

  reset({ ports, floatingIps }: ServicePlans): void {
    const byId = new Map(ports.map((port) => [port.id, port]));
    this.state = {
      ports: new Map(ports.map((port) => [port.id, portOf(port)])),
      floatingIps: new Map(floatingIps.map((plan) => [plan.id, floatingIpOf(plan, byId)])),
    };
  }

  readonly routes: Routes = {
    'GET /network/v2.0/extensions': () => ({ body: { extensions: extensions.map(extension) } }),
    'GET /network/v2.0/ports': (asked) => ({ body: listed('ports', asked, this.state.ports) }),
    'GET /network/v2.0/ports/:id': (asked) => ({ body: { port: chosen(asked, this.port(asked)) } }),
    'PUT /network/v2.0/ports/:id': (asked) => {
      const port = this.unchanged(asked);
      const { port: values } = asked.body as { port: object };
      const changed = { ...port, ...values, revision_number: port.revision_number + 1 };
      this.state.ports.set(port.id, changed);
      return { body: { port: changed } };
    },
    'DELETE /network/v2.0/ports/:id': (asked) => {
      this.removePort(this.unchanged(asked).id);
      return { status: 204 };
    },
    'GET /network/v2.0/floatingips': (asked) => ({
      body: listed('floatingips', asked, this.state.floatingIps),
    }),
    'GET /network/v2.0/floatingips/:id': (asked) => {
      const found = this.state.floatingIps.get(asked.named.id ?? '');
      if (!found)
        throw refusal(404, 'FloatingIPNotFound', `Floating IP ${asked.named.id} could not be found`);
      return { body: { floatingip: chosen(asked, found) } };
    },
  };

  /** What Nova's delete does with the ports of its instance. */
  removePortsOf(device: string): void {
    for (const { id, device_id } of [...this.state.ports.values()])
      if (device_id === device) this.removePort(id);
  }

  /** A floating IP of the port stays, bound to none (neutron/db/l3_db.py, disassociate_floatingips, Zed). */
  private removePort(id: string): void {
    this.state.ports.delete(id);
    for (const each of this.state.floatingIps.values()) {
      if (each.port_id === id)
        this.state.floatingIps.set(each.id, {
          ...each,
          port_id: null,
          fixed_ip_address: null,
          status: 'DOWN',
        });
    }
  }

  private port({ named }: Asked): Resource {
    const found = this.state.ports.get(named.id ?? '');
    if (!found) throw refusal(404, 'PortNotFound', `Port ${named.id} could not be found.`);
    return found;
  }

  /** neutron/services/revisions/revision_plugin.py, _enforce_if_match_constraints, Zed */
  private unchanged(asked: Asked): Resource {
    const port = this.port(asked);
    const demanded = /^revision_number=(\d+)$/.exec(asked.headers['if-match'] ?? '')?.[1];
    if (demanded === undefined || Number(demanded) === port.revision_number) return port;
    throw refusal(
      412,
      'RevisionNumberConstraintFailed',
      `Constrained to ${demanded}, but current revision is ${port.revision_number}`,
    );
  }
}

/** Of those that a Neutron with ML2 and routers has, the ones that a client may ask for. */
const extensions = [
  'binding',
  'router',
  'revision-if-match',
  'standard-attr-revisions',
  'standard-attr-timestamp',
];

function extension(alias: string): object {
  return { alias, name: alias, description: '', links: [], updated: '2020-01-01T00:00:00-00:00' };
}

function portOf(port: PortPlan): Resource {
  const created = iso(port.created);
  return {
    id: port.id,
    name: port.name,
    network_id: uuidOf('network tenant-net'),
    project_id: port.project,
    tenant_id: port.project,
    device_id: port.device,
    device_owner: port.owner,
    status: port.host === '' ? 'DOWN' : 'ACTIVE',
    admin_state_up: true,
    mac_address: port.mac,
    fixed_ips: [{ subnet_id: uuidOf('subnet tenant-net'), ip_address: port.address }],
    'binding:host_id': port.host,
    'binding:vif_type': port.host === '' ? 'unbound' : 'ovs',
    'binding:vnic_type': 'normal',
    security_groups: [],
    created_at: created,
    updated_at: created,
    revision_number: 4,
    tags: [],
  };
}

function floatingIpOf(
  plan: ServicePlans['floatingIps'][number],
  ports: ReadonlyMap<string, PortPlan>,
): Resource {
  const port = plan.port === undefined ? undefined : ports.get(plan.port);
  return {
    id: plan.id,
    floating_ip_address: plan.address,
    floating_network_id: uuidOf('network public'),
    fixed_ip_address: plan.fixedAddress ?? null,
    port_id: plan.port ?? null,
    // neutron/extensions/fip_port_details.py, Zed
    port_details:
      port === undefined ? null : { device_id: port.device, device_owner: port.owner, status: 'ACTIVE' },
    router_id: plan.port === undefined ? null : uuidOf('router'),
    status: plan.port === undefined ? 'DOWN' : 'ACTIVE',
    project_id: plan.project,
    tenant_id: plan.project,
    description: '',
    created_at: iso(plan.created),
    updated_at: iso(plan.created),
    revision_number: 1,
  };
}

/** Neutron writes seconds and a Z (neutron/services/timestamp/timestamp_db.py, Zed). */
function iso(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

const notFilters = new Set(['fields', 'limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir']);

function listed(name: string, asked: Asked, all: ReadonlyMap<string, Resource>): object {
  const filters = [...new Set(asked.query.keys())].filter((key) => !notFilters.has(key));
  const items = [...all.values()]
    .filter((item) => filters.every((key) => asked.query.getAll(key).some((wanted) => item[key] === wanted)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = pageOf(asked, items, ({ id }) => id);
  return collection(name, { ...page, items: page.items.map((item) => chosen(asked, item)) });
}

/** Only the fields that were asked for, if any were. */
function chosen({ query }: Asked, item: Resource): object {
  const fields = query.getAll('fields');
  if (fields.length === 0) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));
}

function refusal(status: number, type: string, message: string): Refusal {
  return new Refusal({ status, body: { NeutronError: { type, message, detail: '' } } });
}
