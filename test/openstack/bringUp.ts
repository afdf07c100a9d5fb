import { writeConfiguration } from './config/write';
import { createDatabases, prepareKeystone, prepareNova, prepareOthers } from './schemas';
import { addVirtualHosts, brokerServers, writeBrokerConfiguration } from './servers/broker';
import type { Server } from './servers/server';
import { computeServer, keystoneServer, otherServers } from './servers/services';
import { seedIdentity } from './seed/identity';
import { seedResources, type Resources } from './seed/resources';
import { Session, type Credentials } from './session';
import { authUrl, configuration, type Site } from './site';
import { step } from './commands';

export interface Running {
  readonly site: Site;
  readonly servers: readonly Server[];
  readonly session: Session;
  readonly resources: Resources;
  readonly admin: Credentials;
  readonly tenant: Credentials;
}

/** All servers of a site that has only its database, and what is in a cloud before the first instance. */
export async function bringUp(site: Site, say: (message: string) => void): Promise<Running> {
  writeConfiguration(site);
  writeBrokerConfiguration(site);
  await createDatabases(site);
  const domains = { userDomain: 'Default', projectDomain: 'Default' };
  const admin = { user: 'admin', password: site.passwords.admin, project: 'admin', ...domains };
  const tenant = { user: 'tenant', password: site.passwords.tenant, project: 'tenant', ...domains };
  const broker = brokerServers(site);
  const keystone = keystoneServer(site);
  const others = otherServers(site);
  const computes = site.hosts.map((host) => computeServer(site, host));

  say('RabbitMQ, the tables of all services, Keystone');
  await Promise.all([
    startInTurn(broker).then(() => addVirtualHosts(site)),
    prepareNova(site),
    prepareOthers(site),
    prepareKeystone(site)
      .then(() => startInTurn([keystone]))
      .then(() => seedIdentity(site, new Session(authUrl(site), admin))),
  ]);
  // a login sees the catalogue as it was then
  const session = new Session(authUrl(site), admin);
  say('Placement, Glance, Neutron, Cinder, Nova');
  await startTogether(others);
  say(`${computes.length} hosts, a flavor, an image, a network`);
  const [resources] = await Promise.all([seedResources(session), startTogether(computes)]);
  await discoverHosts(site);
  return { site, servers: [...broker, keystone, ...others, ...computes], session, resources, admin, tenant };
}

async function startInTurn(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    server.start();
    await server.ready();
  }
}

async function startTogether(servers: readonly Server[]): Promise<void> {
  for (const server of servers) server.start();
  await Promise.all(servers.map((server) => server.ready()));
}

/** The scheduler uses a host only when nova_api knows its cell. */
async function discoverHosts(site: Site): Promise<void> {
  await step(site.directory, 'nova-manage', '/usr/bin/nova-manage', [
    `--config-file=${configuration(site, 'nova.conf')}`,
    ...['cell_v2', 'discover_hosts'],
  ]);
}
