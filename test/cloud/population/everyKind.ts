import { plantGroupMembers } from './cells/groupMembers';
import { plantMappings } from './cells/mappings';
import { plantInTwoCells } from './cells/twoCells';
import { plantDirectoryOfMoved } from './files/movedInstance';
import { plantOnDeadHost } from './hypervisor/deadHost';
import { plantDeletedByHand } from './hypervisor/deletedByHand';
import { plantTwoDomains } from './hypervisor/domainPlaces';
import { plantPowerStates } from './hypervisor/powerState';
import { plantSoftDeleted } from './hypervisor/softDeleted';
import { plantStuck } from './hypervisor/stuck';
import { plantAllocations } from './placement/allocations';
import { plantProviders } from './placement/providers';
import type { Plot } from './plot';
import { plantRowsOfDeleted } from './rows/ofDeleted';
import { plantRowsOfLive } from './rows/ofLive';
import { plantUntiedRows } from './rows/untied';
import { plantNodes } from './services/nodes';
import { plantFloatingIps, plantPorts } from './services/ports';
import { plantProjects } from './services/projects';
import { plantVolumes } from './services/volumes';

const plants: readonly ((plot: Plot) => void)[] = [
  plantTwoDomains,
  plantPowerStates,
  plantStuck,
  plantOnDeadHost,
  plantSoftDeleted,
  plantDeletedByHand,
  plantMappings,
  plantGroupMembers,
  plantInTwoCells,
  plantAllocations,
  plantProviders,
  plantRowsOfDeleted,
  plantRowsOfLive,
  plantUntiedRows,
  plantDirectoryOfMoved,
  plantPorts,
  plantFloatingIps,
  plantVolumes,
  plantNodes,
  plantProjects,
];

/** What shows in the rooms of the kinds beyond those of the first stories. */
export function plantEveryKind(plot: Plot): void {
  for (const plant of plants) plant(plot);
}
