import type { Dossier } from '../../model/dossier';

/** Nothing shows an instance of that UUID: it may be that of something else. */
export function isForeign(dossier: Dossier): boolean {
  const { rows, shadowCells, domains, directories, leftovers, migrations } = dossier;
  const { neutronPorts, attachments, nodes, allocations, mapping, buildRequestedAt } = dossier;
  const inNova = [rows, shadowCells, leftovers, migrations].some(({ length }) => length > 0);
  const outside = [domains, directories, neutronPorts, attachments, nodes, allocations];
  return (
    !inNova &&
    !outside.some(({ length }) => length > 0) &&
    mapping === undefined &&
    buildRequestedAt === undefined
  );
}
