import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import {
  livesElsewhere,
  resizeKept,
  sharedStorage,
  writtenRecently,
  type DirectorySignal,
} from '../traps/directory';
import { directorySignal, mayBeLeft, removalOf, renameAside } from './strays';

/** The directory of an instance that lives on another host. */
export const directoryOfMovedInstance = declareKind<DirectorySignal>({
  id: 'directory-of-moved-instance',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['directoryQuietMinutes'],
  about: () => ({
    signal: l10n.t(
      '`<uuid>` on a host that has no domain of it, and a live row names another host. The directory where the instance lives never counts, nor while the instance is being deleted.',
    ),
    causes: l10n.t(
      'The host was down while the instance was evacuated or moved away. With images on RBD Nova leaves it on purpose after an evacuation or a reverted resize (bugs 1414895, 1761062), and a later move back fails with DestinationDiskExists.',
    ),
    fixes: l10n.t(
      'No command of Nova removes it: when it starts, nova-compute destroys only those evacuated instances that libvirt still lists (nova/compute/manager.py, _destroy_evacuated_instances). `[workarounds] ensure_libvirt_rbd_instance_dir_cleanup` avoids the next one, never where the instances path is shared (nova/conf/workarounds.py). This one is renamed aside, and removed later. Where the instance lives nothing is ever removed.',
    ),
  }),
  traps: [...commonTraps, writtenRecently, resizeKept, sharedStorage, livesElsewhere],
  candidate: (glimpse) => glimpse.liveRows.length > 0 && mayBeLeft(glimpse, ''),
  signal(dossier, scene) {
    if (liveRows(dossier).length === 0) return l10n.t('there is no live row');
    return directorySignal(dossier, scene, '', (hosts) =>
      l10n.t('a directory is on {0}, and the instance lives elsewhere', hosts),
    );
  },
  ladder: () => [
    renameAside(),
    {
      title: l10n.t(
        'with images on RBD, and never where the instances path is shared: set [workarounds] ensure_libvirt_rbd_instance_dir_cleanup against the next one',
      ),
    },
  ],
  remedy: removalOf,
});
