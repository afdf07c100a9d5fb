import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { liveRows } from '../rows';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import {
  deletedRecently,
  livesElsewhere,
  resizeKept,
  sharedStorage,
  writtenRecently,
  type DirectorySignal,
} from '../traps/directory';
import { directorySignal, mayBeLeft, removalOf, renameAside } from './strays';

/** What a resize kept for its revert, and nobody removed. */
export const leftoverResizeDirectory = declareKind<DirectorySignal>({
  id: 'leftover-resize-directory',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['directoryQuietMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      '`<uuid>_resize` on a host, of which no domain there uses a file. Not while the instance is being deleted.',
    ),
    causes: l10n.t(
      'The instance was deleted before its resize was confirmed (bug 1392527), or the confirm could not remove it (nova/virt/libvirt/driver.py, _cleanup_resize).',
    ),
    fixes: l10n.t(
      'Confirm or revert removes it while the resize waits. For a deleted instance whose migration is in error nova-compute does (nova/compute/manager.py, _cleanup_incomplete_migrations). Then it is renamed aside, and removed later.',
    ),
  }),
  traps: [
    ...commonTraps,
    writtenRecently,
    resizeKept,
    sharedStorage,
    livesElsewhere,
    deletedRecently,
    cellDoubtful,
    nowhereKnown,
    beingBuilt,
  ],
  candidate: (glimpse) => mayBeLeft(glimpse, '_resize'),
  signal: (dossier, scene) =>
    directorySignal(dossier, scene, '_resize', (hosts) =>
      l10n.t('a _resize directory is on {0}, and no resize waits for confirm or revert', hosts),
    ),
  ladder: ({ host }, dossier) => {
    const failed = dossier.migrations.some(
      ({ status, sourceCompute, destCompute }) =>
        status === 'error' && (sourceCompute === host || destCompute === host),
    );
    return failed && dossier.rows.length > 0 && liveRows(dossier).length === 0
      ? [
          {
            title: l10n.t(
              'let nova-compute run on {0}: it cleans up after a migration in error of a deleted instance (every 300 s)',
              host ?? '',
            ),
          },
          renameAside(),
        ]
      : [renameAside()];
  },
  remedy: removalOf,
});
