import type { CloudAccess } from '../../../src/cloud/access';
import { openOpenStack } from '../../../src/cloud/openstack/openStackAccess';
import type { DemoCloud } from '../../cloud/demoCloud';
import { cloudAt } from '../cloud/openstack/openScripted';
import { ScriptedServer, type Reply, type Seen } from '../cloud/openstack/scriptedServer';

type Item = Record<string, unknown>;

const silent = (): void => undefined;

/** The services of a cloud as lists of a scripted server, which a test changes: at first they fit its live rows. */
export class ScriptedServices {
  ports: Item[] = [];
  floatingIps: Item[] = [];
  volumes: Item[] = [];
  attachments: Item[] = [];
  projects: Item[] = [];
  nodes: Item[] = [];
  servers: Item[] = [];
  hosts: string[] = [];

  private constructor(readonly server: ScriptedServer) {
    const { answer, one } = this;
    server.on('GET /network/v2.0/extensions', { body: { extensions: [{ alias: 'router' }] } });
    answer('/network/v2.0/ports', 'ports', () => this.ports, 'device_id');
    one('/network/v2.0/ports', 'port', () => this.ports, 'NeutronError');
    answer('/network/v2.0/floatingips', 'floatingips', () => this.floatingIps);
    one('/network/v2.0/floatingips', 'floatingip', () => this.floatingIps, 'NeutronError');
    answer('/volume/v3/8d2f/volumes/detail', 'volumes', () => this.volumes);
    one('/volume/v3/8d2f/volumes', 'volume', () => this.volumes, 'itemNotFound');
    server.on('GET /volume/v3/8d2f/attachments', (seen) => this.attachmentsFor(seen));
    answer('/v3/projects', 'projects', () => this.projects);
    one('/v3/projects', 'project', () => this.projects, 'error');
    answer('/baremetal/v1/nodes', 'nodes', () => this.nodes);
    answer('/compute/v2.1/servers', 'servers', () => this.servers);
    one('/compute/v2.1/servers', 'server', () => this.servers, 'itemNotFound');
    server.on('GET /compute/v2.1/os-services', () => ({ body: { services: this.hosts.map(compute) } }));
  }

  static async start(): Promise<ScriptedServices> {
    return new ScriptedServices(await new ScriptedServer().start());
  }

  /** The doors of the cloud, with these services behind them. */
  behind(access: CloudAccess): CloudAccess {
    const logger = { debug: silent, info: silent, warn: silent, error: silent };
    return {
      ...access,
      openOpenStack: (signal) =>
        openOpenStack(cloudAt(this.server.base, { region: 'one' }), {
          logger,
          clock: { now: () => new Date() },
          limits: { connectMs: 2000, answerMs: 2000 },
          ...(signal ? { signal } : {}),
        }),
    };
  }

  async fit(cloud: DemoCloud): Promise<void> {
    const live = await cloud.sql(`SELECT uuid, host, project_id FROM nova_cell1.instances WHERE deleted = 0
      UNION SELECT uuid, host, project_id FROM nova_cell2.instances WHERE deleted = 0
      UNION SELECT uuid, host, project_id FROM nova_cell0.instances WHERE deleted = 0`);
    const devices = ['nova_cell1', 'nova_cell2'].map(
      (cell) => `SELECT DISTINCT volume_id FROM ${cell}.block_device_mapping WHERE volume_id IS NOT NULL`,
    );
    const volumes = (await cloud.sql(devices.join(' UNION '))).flatMap(([id]) => id ?? []);
    const uuids = live.flatMap(([uuid]) => uuid ?? []);
    this.ports = uuids.map((uuid, index) => port(`port-${index}`, uuid));
    this.floatingIps = [];
    this.volumes = volumes.map((id) => volume(id, 'available'));
    this.attachments = [];
    this.projects = [...new Set(live.flatMap(([, , project]) => project ?? []))].map(project);
    this.nodes = [{ uuid: 'node-0', maintenance: false }];
    this.servers = uuids.map(server);
    this.hosts = [...new Set(live.flatMap(([, host]) => (host === 'NULL' ? [] : (host ?? []))))];
  }

  /** Placement's list of providers, none of which shares. */
  providers(...own: Item[]): void {
    this.server.on('GET /placement/resource_providers', ({ query }) => ({
      body: { resource_providers: query.has('required') ? [] : own },
    }));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private readonly answer = (path: string, field: string, items: () => Item[], filter?: string): void => {
    this.server.on(`GET ${path}`, ({ query }) => {
      const wanted = filter === undefined ? null : query.get(filter);
      const found = items().filter((item) => wanted === null || item[filter ?? ''] === wanted);
      return { body: { [field]: found } };
    });
  };

  private readonly one = (path: string, field: string, items: () => Item[], error: string): void => {
    this.server.on(`GET ${path}/*`, (seen): Reply => {
      const found = items().find(({ id }) => id === seen.path.slice(path.length + 1));
      return found
        ? { body: { [field]: found } }
        : { status: 404, body: { [error]: { message: 'there is none' } } };
    });
  };

  private attachmentsFor({ query }: Seen): Reply {
    const [instance, volumeId, marker] = ['instance_id', 'volume_id', 'marker'].map((name) =>
      query.get(name),
    );
    const found = this.attachments.filter(
      (item) =>
        (instance === null || item.instance === instance) &&
        (volumeId === null || item.volume_id === volumeId),
    );
    return { body: { attachments: marker === null ? found : [] } };
  }
}

function compute(host: string): Item {
  return { id: host, binary: 'nova-compute', host, status: 'enabled', state: 'up' };
}

export function provider(uuid: string, name: string, own: Item = {}): Item {
  return { uuid, name, generation: 1, root_provider_uuid: uuid, parent_provider_uuid: null, ...own };
}

export function port(id: string, device: string, own: Item = {}): Item {
  const made = { network_id: 'n', project_id: 'p', status: 'ACTIVE', mac_address: 'fa:16:3e:00:00:01' };
  return { id, ...made, device_id: device, device_owner: 'compute:nova', fixed_ips: [], ...own };
}

export function floatingIp(id: string, own: Item = {}): Item {
  return { id, floating_ip_address: '203.0.113.7', project_id: 'p', status: 'DOWN', port_id: null, ...own };
}

export function volume(id: string, status: string, own: Item = {}): Item {
  return { id, name: 'disk', status, size: 10, attachments: [], ...own };
}

export function attachment(id: string, instance: string, volumeId: string, status = 'attached'): Item {
  return { id, instance, volume_id: volumeId, status };
}

export function project(id: string): Item {
  return { id, name: `name of ${id}`, domain_id: 'default', enabled: true };
}

export function server(id: string): Item {
  return { id, name: `name of ${id}`, status: 'ACTIVE', tenant_id: 'p', created: '2026-01-01T00:00:00Z' };
}
