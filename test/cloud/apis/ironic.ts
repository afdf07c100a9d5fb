import type { NodePlan, ServicePlans } from '../population/servicePlans';
import { Refusal, type Asked, type Routes } from './http';
import { pageOf } from './pages';

const versions = { least: '1.1', most: '1.82' };

/** Ironic's API v1: nodes (bare metal API, "List Nodes"). */
export class Ironic {
  private nodes = new Map<string, NodePlan>();

  reset({ nodes }: ServicePlans): void {
    this.nodes = new Map(nodes.map((node) => [node.uuid, node]));
  }

  readonly routes: Routes = {
    'GET /baremetal/': () => ({
      headers: versionHeaders,
      body: { name: 'OpenStack Ironic API', default_version: version, versions: [version] },
    }),
    'GET /baremetal/v1/?': () => ({ headers: versionHeaders, body: { id: 'v1', version } }),
    'GET /baremetal/v1/nodes': (asked) => ({ headers: versionHeaders, body: this.list(asked, '/nodes') }),
    'GET /baremetal/v1/nodes/detail': (asked) => ({ headers: versionHeaders, body: this.list(asked, '') }),
    'GET /baremetal/v1/nodes/:id': (asked) => {
      const node = this.nodes.get(asked.named.id ?? '');
      if (!node) throw refusal(404, `Node ${asked.named.id} could not be found.`);
      return { headers: versionHeaders, body: chosen(asked, view(node)) };
    },
  };

  private list(asked: Asked, summary: string): object {
    const instance = asked.query.get('instance_uuid');
    const found = [...this.nodes.values()].filter((node) => instance === null || node.instance === instance);
    const { items, next } = pageOf(asked, found, ({ uuid }) => uuid);
    const all = summary === '' || asked.query.get('detail') === 'True';
    const nodes = items.map(view).map((node) => (all ? node : chosen(asked, node, usualFields)));
    return next === undefined ? { nodes } : { nodes, next };
  }
}

const version = {
  id: 'v1',
  status: 'CURRENT',
  min_version: versions.least,
  version: versions.most,
  links: [],
};

const versionHeaders = {
  'X-OpenStack-Ironic-API-Minimum-Version': versions.least,
  'X-OpenStack-Ironic-API-Maximum-Version': versions.most,
};

/** What a list has without `fields`. */
const usualFields = [
  'uuid',
  'name',
  'instance_uuid',
  'power_state',
  'provision_state',
  'maintenance',
  'links',
];

function view({
  uuid,
  name,
  instance,
  allocation,
  provisionState,
  maintenance,
  updated,
}: NodePlan): Record<string, unknown> {
  return {
    uuid,
    name,
    instance_uuid: instance ?? null,
    allocation_uuid: allocation ?? null,
    power_state: provisionState === 'active' ? 'power on' : 'power off',
    provision_state: provisionState,
    maintenance: maintenance ?? false,
    links: [],
    resource_class: 'baremetal',
    driver: 'ipmi',
    created_at: '2025-01-01T00:00:00+00:00',
    updated_at: `${updated.toISOString().slice(0, 19)}+00:00`,
    provision_updated_at: `${updated.toISOString().slice(0, 19)}+00:00`,
  };
}

function chosen({ query }: Asked, node: Record<string, unknown>, usual?: readonly string[]): object {
  const fields = query.get('fields')?.split(',') ?? usual;
  return fields === undefined
    ? node
    : Object.fromEntries(Object.entries(node).filter(([name]) => fields.includes(name)));
}

/** The message is JSON within JSON. */
function refusal(status: number, faultstring: string): Refusal {
  const fault = { faultcode: 'Client', faultstring, debuginfo: null };
  return new Refusal({ status, body: { error_message: JSON.stringify(fault) } });
}
