import type { Dossier } from '../model/dossier';
import { isLibvirt } from '../model/hypervisor';
import type { Scene } from '../model/scene';
import { apiDatabaseId } from '../model/schema';
import { migrationsInProgress, unconfirmedResizes } from './migrations';
import { hostOf, liveRows } from './rows';
import { indexOf } from './sceneIndex';

/**
 * Every host that any source names for the UUID, under the name by which the scene knows it. What cannot be
 * traced to a host of the scene stays as it is, and counts as not read.
 */
export function relatedHosts(dossier: Dossier, scene: Scene): readonly string[] {
  const names = new Set<string>();
  for (const { host, node } of dossier.rows) {
    // A row that was pointed at another host by hand still names the old one as its node.
    for (const name of [host, node]) {
      if (name !== null && name !== '') names.add(hostNamed(name, dossier, scene));
    }
  }
  for (const { sourceCompute, destCompute } of dossier.migrations) {
    for (const name of [sourceCompute, destCompute]) {
      if (name !== null && name !== '') names.add(hostNamed(name, dossier, scene));
    }
  }
  for (const { provider } of dossier.allocations) names.add(hostNamed(provider, dossier, scene));
  for (const { host } of [...dossier.neutronPorts, ...dossier.attachments]) {
    if (host !== undefined) names.add(hostNamed(host, dossier, scene));
  }
  for (const { host } of [...dossier.domains, ...dossier.directories]) names.add(host);
  return [...names];
}

/**
 * `instances.host` and migrations name a host as Nova does; a node and a resource provider are named after the
 * hypervisor_hostname (nova/compute/resource_tracker.py). A node of Ironic is a UUID, and stands for the host that its
 * row names. No name is cut to fit: cmp1.dc2 may be another machine than cmp1.
 */
export function hostNamed(name: string, dossier: Dossier, scene: Scene): string {
  if (scene.hosts.has(name)) return name;
  const ofNode = indexOf(scene).hostByNode.get(name);
  if (ofNode !== undefined) return ofNode;
  const row = dossier.rows.find(({ node }) => node === name);
  const host = row && hostOf(row);
  return host !== undefined && !isLibvirt(scene.hosts.get(host)?.hypervisorType) ? host : name;
}

export function isRead(host: string, scene: Scene): boolean {
  return scene.hosts.get(host)?.source.complete === true;
}

export function unreadRelated(dossier: Dossier, scene: Scene): readonly string[] {
  return relatedHosts(dossier, scene).filter((host) => !isRead(host, scene));
}

/** Hosts that did not answer and that nothing names for the UUID. */
export function unreadUnrelated(dossier: Dossier, scene: Scene): readonly string[] {
  const related = new Set(relatedHosts(dossier, scene));
  return indexOf(scene).unreadHosts.filter((host) => !related.has(host));
}

/**
 * Those of them where the instance may have been all the same: hosts of its cells, hosts of no known cell, and all
 * hosts when no cell knows it. A cell has its own hosts, and a resize across cells names both (migrations).
 */
export function unreadElsewhere(dossier: Dossier, scene: Scene): readonly string[] {
  const own = cellsOf(dossier);
  return unreadUnrelated(dossier, scene).filter((host) => {
    const cells = scene.hosts.get(host)?.cells ?? [];
    return own.size === 0 || cells.length === 0 || cells.some((cell) => own.has(cell));
  });
}

function cellsOf({ rows, shadowCells, mapping, leftovers }: Dossier): ReadonlySet<string> {
  const cells = new Set([...rows.map(({ cell }) => cell), ...shadowCells]);
  if (typeof mapping?.cell === 'string') cells.add(mapping.cell);
  for (const { database } of leftovers) if (database !== apiDatabaseId) cells.add(database);
  return cells;
}

/** A live row names the host, or a migration that is not over does. */
export function livesOn(host: string, dossier: Dossier): boolean {
  const live = liveRows(dossier);
  if (live.some((row) => hostOf(row) === host)) return true;
  if (live.length === 0) return false;
  return [...migrationsInProgress(dossier), ...unconfirmedResizes(dossier)].some(
    ({ sourceCompute, destCompute }) => sourceCompute === host || destCompute === host,
  );
}
