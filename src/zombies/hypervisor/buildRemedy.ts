import * as l10n from '@vscode/l10n';
import type { ServerRequest } from '../../model/apiRequest';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import type { Remedy, Rung } from '../../model/suspect';
import type { RowSignal } from '../traps/liveRow';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { wishForRow } from '../wish';

/** The ladder of a row that no nova-compute has to be asked about: nova/compute/api.py, _local_delete. */
export function localDeleteRungs(uuid: string): readonly Rung[] {
  return [
    {
      title: l10n.t('the API deletes it without any nova-compute, with its ports and volumes'),
      command: `openstack server delete ${uuid}`,
    },
    { title: l10n.t('SQL, when the API answers with an error: mark the row as Nova does') },
  ];
}

/**
 * For an instance that never came to be, or was deleted. What is left of it on a host goes along when someone wanted it
 * gone; otherwise Nova removes it after its row, or the directory is a suspect of its own then.
 */
export function deletionOf(
  { row }: RowSignal,
  dossier: Dossier,
  scene: Scene,
  requests: readonly ServerRequest[],
): Remedy {
  const wanted = wishForRow(row, dossier, scene) !== undefined;
  return {
    wanted,
    ...liveRowWays(scene),
    domains: wanted ? dossier.domains : [],
    directories: wanted ? distinct(dossier.directories, scene) : [],
    manual: liveRowSteps(dossier, scene, requests),
  };
}
