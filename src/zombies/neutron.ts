import type { Dossier } from '../model/dossier';
import type { Port } from '../model/facts';
import { latest } from './ages';

/**
 * Ports that Nova plugged. DHCP and routers own `network:*`, trunks `trunk:subport`, Octavia `Octavia`, bare metal
 * `baremetal:*`, and an empty owner is that of a port made beforehand or a virtual address: neutron_lib/constants.py.
 */
export function ofCompute({ neutronPorts }: Dossier): readonly Port[] {
  return neutronPorts.filter(({ deviceOwner }) => deviceOwner.startsWith('compute:'));
}

/** One that was made long before may have been given to its device a moment ago. */
export function changedAt({ createdAt, updatedAt }: Port): string | undefined {
  return latest([createdAt, updatedAt]);
}
