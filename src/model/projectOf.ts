import type { Dossier } from './dossier';

/** The project that any source names for it. */
export function projectOf(dossier: Dossier): string | undefined {
  const row = dossier.rows.find(({ deleted }) => deleted === 0) ?? dossier.rows[0];
  const nova = dossier.domains.find((domain) => domain.nova !== undefined)?.nova;
  return (
    row?.projectId ??
    dossier.mapping?.projectId ??
    nova?.projectId ??
    dossier.volume?.projectId ??
    dossier.floatingIp?.projectId ??
    dossier.neutronPorts[0]?.projectId ??
    dossier.consumer?.projectId
  );
}
