import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../database/mariadb';
import type { Hosts } from '../hosts/hosts';
import type { Plot } from '../population/plot';
import { Cinder } from './cinder';
import { serve } from './http';
import { Ironic } from './ironic';
import { admin, Keystone, region } from './keystone';
import { Neutron } from './neutron';
import { Nova } from './nova';
import { Placement } from './placement';

export interface Apis {
  /** Keystone's address */
  readonly authUrl: string;
  readonly user: string;
  readonly password: string;
  /** a clouds.yaml that has the demo cloud */
  readonly cloudsFile: string;
  /** its entry there */
  readonly cloudName: string;
  /** Waits until nothing of the last state is under way. */
  settled(): Promise<void>;
  reset(plot: Plot): void;
  stop(): Promise<void>;
}

/** What no clouds.yaml or secure.yaml of the user has. */
export const cloudName = 'openstack-zombies-demo';

/**
 * The OpenStack APIs of the demo cloud, in this process. Nova and Placement answer from their databases, the others
 * from what was planted and what requests made of it.
 */
export async function startApis(directory: string, database: Database, hosts: Hosts): Promise<Apis> {
  let plot: Plot | undefined;
  const password = randomBytes(12).toString('base64url');
  const keystone = new Keystone(password, () => {
    if (plot === undefined) throw new Error('nothing is planted yet');
    return plot.services;
  });
  const neutron = new Neutron();
  const ironic = new Ironic();
  const placement = new Placement(database);
  const cinder: Cinder = new Cinder((server, attachment) => nova.hasAttachment(server, attachment));
  const nova: Nova = new Nova(database, { hosts, neutron, cinder, placement }, () => plot?.now ?? new Date());
  const server = await serve(
    (base) => ({
      ...keystone.routes(base),
      ...nova.routes,
      ...placement.routes,
      ...neutron.routes,
      ...cinder.routes,
      ...ironic.routes,
    }),
    keystone.admit,
  );
  const authUrl = `${server.base}/v3`;
  const cloudsFile = join(directory, 'clouds.yaml');
  writeFileSync(cloudsFile, cloudsYaml(authUrl, password), { mode: 0o600 });
  return {
    authUrl,
    user: admin.user,
    password,
    cloudsFile,
    cloudName,
    settled: () => nova.settled(),
    reset: (next) => {
      plot = next;
      for (const service of [neutron, cinder, ironic]) service.reset(next.services);
    },
    stop: async () => {
      await nova.settled();
      await server.stop();
    },
  };
}

function cloudsYaml(authUrl: string, password: string): string {
  return `clouds:
  ${cloudName}:
    auth:
      auth_url: ${authUrl}
      username: ${admin.user}
      password: ${password}
      project_name: ${admin.project}
      user_domain_name: ${admin.domain}
      project_domain_name: ${admin.domain}
    region_name: ${region}
    interface: public
    identity_api_version: 3
`;
}
