import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { liveRows } from '../rows';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { deletedRecently, sharedStorage, writtenRecently, type DirectorySignal } from '../traps/directory';
import { directorySignal, mayBeLeft, removalOf, renameAside, triesAgain } from './strays';

/** The directory of an instance that is nowhere live. */
export const leftoverDirectory = declareKind<DirectorySignal>({
  id: 'leftover-directory',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['directoryQuietMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      '`<uuid>` under the instances path of a host that has no domain of it, and no cell has a live row. Whether a disk is in it says nothing: a volume-backed instance has none.',
    ),
    causes: l10n.t('The host was down while the instance was deleted, or the files could not be removed.'),
    fixes: l10n.t(
      'nova-compute tries again while `cleaned` is 0 (nova/compute/manager.py, _run_pending_deletes), every 300 s, five times. Then the directory is renamed aside, and removed later.',
    ),
  }),
  traps: [
    ...commonTraps,
    writtenRecently,
    sharedStorage,
    deletedRecently,
    cellDoubtful,
    nowhereKnown,
    beingBuilt,
  ],
  candidate: (glimpse) => glimpse.liveRows.length === 0 && mayBeLeft(glimpse, ''),
  signal(dossier, scene) {
    if (liveRows(dossier).length > 0) return l10n.t('a cell has a live row of it');
    return directorySignal(dossier, scene, '', (hosts) =>
      dossier.rows.length > 0
        ? l10n.t('the directory is still on {0}, and Nova has deleted the instance', hosts)
        : l10n.t('a directory is on {0}, and no cell has a row of it', hosts),
    );
  },
  ladder: (signal, dossier, scene) => [...triesAgain(signal, dossier, scene), renameAside()],
  remedy: removalOf,
});
