import { writeConfiguration } from './config/write';
import { createDatabases, createTables } from './schemas';
import { addVirtualHosts, brokerServers, writeBrokerConfiguration } from './servers/broker';
import { startHypervisors, type Hypervisors } from './servers/hypervisors';
import type { Server } from './servers/server';
import { computeServer, keystoneServer, otherServers } from './servers/services';
import { discoverHosts, mapCells } from './seed/cells';
import { bootstrapKeystone, seedIdentity } from './seed/identity';
import { seedResources, type Resources } from './seed/resources';
import { Session, type Credentials } from './session';
import { authUrl, type Site } from './site';
import { rememberBridge } from './stop';

export interface Running {
  readonly site: Site;
  readonly servers: readonly Server[];
  readonly session: Session;
  readonly resources: Resources;
  readonly hypervisors: Hypervisors;
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
  const hypervisors = await startHypervisors(site);
  const computes = site.hosts.map((host) => computeServer(site, host, hypervisors));

  say('RabbitMQ, and the tables of all services');
  await Promise.all([startInTurn(broker).then(() => addVirtualHosts(site)), createTables(site)]);
  say('Keystone, and the map of the cells');
  await Promise.all([
    mapCells(site),
    bootstrapKeystone(site)
      .then(() => startTogether([keystone]))
      .then(() => seedIdentity(site, new Session(authUrl(site), admin))),
  ]);
  // a login sees the catalogue as it was then
  const session = new Session(authUrl(site), admin);
  say('Placement, Glance, Neutron, Cinder, Nova');
  await startTogether(others);
  say(`${computes.length} hosts, a flavor, an image, a network`);
  const [resources] = await Promise.all([seedResources(session), startTogether(computes)]);
  rememberBridge(site.directory, resources.network);
  await discoverHosts(site);
  const servers = [...broker, keystone, ...others, ...computes];
  return { site, servers, session, resources, hypervisors, admin, tenant };
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
