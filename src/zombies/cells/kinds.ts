import type { ZombieKind } from '../declare';
import { groupMemberLeftBehind } from './groupMemberLeftBehind';
import { instanceInTwoCells } from './instanceInTwoCells';
import { instanceWithoutMapping } from './instanceWithoutMapping';
import { mappingLeftBehind } from './mappingLeftBehind';
import { mappingNotQueued } from './mappingNotQueued';
import { mappingWithoutCell } from './mappingWithoutCell';
import { mappingWithoutInstance } from './mappingWithoutInstance';
import { requestSpecLeftBehind } from './requestSpecLeftBehind';
import { stuckBuildRequest } from './stuckBuildRequest';

/** The API database and the cells disagree. */
export const cellKinds: readonly ZombieKind[] = [
  instanceInTwoCells,
  mappingWithoutCell,
  instanceWithoutMapping,
  stuckBuildRequest,
  mappingWithoutInstance,
  mappingLeftBehind,
  mappingNotQueued,
  requestSpecLeftBehind,
  groupMemberLeftBehind,
];
