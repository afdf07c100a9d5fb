import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import type { Domain, InstanceDirectory, InstanceRow } from '../model/facts';
import type { Scene } from '../model/scene';
import { apiSourceId, cellSourceId, hostSourceId } from '../model/source';
import type { Evidence } from '../model/suspect';
import { isLibvirt } from '../model/hypervisor';
import { isRead, relatedHosts } from './places';
import { stateOf } from './rows';
import { indexOf } from './sceneIndex';

/** One line of evidence, with the time at which its source was read. */
export function seen(source: string, text: string, scene: Scene): Evidence {
  const readAt = indexOf(scene).sources.get(source)?.readAt ?? scene.now.toISOString();
  return { source, text, at: readAt };
}

function rowText(row: InstanceRow): string {
  const host = row.host ?? 'NULL';
  if (row.deleted !== 0) {
    return l10n.t(
      'instances: id {0} is soft-deleted since {1}, host {2}, cleaned {3}',
      row.id,
      row.deletedAt ?? 'NULL',
      host,
      row.cleaned,
    );
  }
  return l10n.t(
    'instances: id {0} is live, host {1}, {2}, updated {3}',
    row.id,
    host,
    stateOf(row),
    row.updatedAt ?? 'NULL',
  );
}

function domainText(domain: Domain): string {
  return domain.nova === undefined
    ? l10n.t('libvirt has the domain: {0}, without metadata of Nova', domain.state)
    : l10n.t('libvirt has the domain: {0}, made by Nova', domain.state);
}

/** Size in bytes, as the plan shows it in the units of its reader. */
function directoryText({ path, bytes, modifiedAt }: InstanceDirectory): string {
  return l10n.t('directory {0}: {1} bytes, last written {2}', path, bytes, modifiedAt);
}

function hostEvidence(host: string, dossier: Dossier, scene: Scene): readonly Evidence[] {
  const domains = dossier.domains.filter((domain) => domain.host === host).map(domainText);
  if (domains.length === 0 && isRead(host, scene)) {
    const type = scene.hosts.get(host)?.hypervisorType;
    domains.push(
      isLibvirt(type)
        ? l10n.t('libvirt has no such domain')
        : l10n.t('hypervisor type {0}: there are no domains to be seen', type ?? ''),
    );
  }
  const directories = dossier.directories.filter((directory) => directory.host === host).map(directoryText);
  return [...domains, ...directories].map((text) => seen(hostSourceId(host), text, scene));
}

function leftoverEvidence(dossier: Dossier, scene: Scene): readonly Evidence[] {
  const databases = new Set(dossier.leftovers.map(({ database }) => database));
  return [...databases].map((database) => {
    const rows = dossier.leftovers.filter((leftover) => leftover.database === database);
    const text = l10n.t(
      'rows without a parent: {0}',
      rows.map(({ table, rows: count }) => `${table} ${count}`).join(', '),
    );
    return seen(database === 'api' ? apiSourceId : cellSourceId(database), text, scene);
  });
}

/** All that the sources say of the UUID: rows first, then each related host that answered. */
export function proof(dossier: Dossier, scene: Scene): readonly Evidence[] {
  const evidence = dossier.rows.map((row) => seen(cellSourceId(row.cell), rowText(row), scene));
  for (const cell of dossier.shadowCells) {
    evidence.push(seen(cellSourceId(cell), l10n.t('shadow_instances has the row: it was archived'), scene));
  }
  for (const { cell, action, startTime } of dossier.deleteActions) {
    evidence.push(
      seen(cellSourceId(cell), l10n.t('instance_actions: {0} at {1}', action, startTime ?? 'NULL'), scene),
    );
  }
  if (dossier.mapping !== undefined) {
    const { cell, queuedForDelete } = dossier.mapping;
    evidence.push(
      seen(
        apiSourceId,
        l10n.t('instance_mappings: cell {0}, queued_for_delete {1}', cell ?? 'NULL', queuedForDelete ? 1 : 0),
        scene,
      ),
    );
  }
  evidence.push(...leftoverEvidence(dossier, scene));
  for (const host of relatedHosts(dossier, scene)) evidence.push(...hostEvidence(host, dossier, scene));
  return evidence;
}
