import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import {
  deletedRecently,
  livesElsewhere,
  removalUnderWay,
  resizeKept,
  sharedStorage,
  writtenRecently,
  type DirectorySignal,
} from '../traps/directory';
import { directorySignal, mayBeLeft, removalOf, renameAside, triesAgain } from './strays';

/** Nova renamed the directory, its first step, and never came to the second. */
export const unfinishedRemoval = declareKind<DirectorySignal>({
  id: 'unfinished-removal',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['directoryQuietMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      '`<uuid>_del` on a host, of which no domain there uses a file. Not while the instance is being deleted.',
    ),
    causes: l10n.t(
      'nova-compute was stopped between the rename and the removal, or a file could not be removed (nova/virt/libvirt/driver.py, delete_instance_files).',
    ),
    fixes: l10n.t(
      'nova-compute goes on while `cleaned` is 0 (nova/compute/manager.py, _run_pending_deletes), every 300 s, five times. Then it is renamed aside, and removed later.',
    ),
  }),
  traps: [
    ...commonTraps,
    writtenRecently,
    removalUnderWay,
    resizeKept,
    sharedStorage,
    livesElsewhere,
    deletedRecently,
    cellDoubtful,
    nowhereKnown,
    beingBuilt,
  ],
  candidate: (glimpse) => mayBeLeft(glimpse, '_del'),
  signal: (dossier, scene) =>
    directorySignal(dossier, scene, '_del', (hosts) =>
      l10n.t('a _del directory is on {0}: its removal was begun and not finished', hosts),
    ),
  ladder: (signal, dossier, scene) => [...triesAgain(signal, dossier, scene), renameAside()],
  remedy: removalOf,
});
