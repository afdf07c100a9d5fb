import * as l10n from '@vscode/l10n';
import type { Dossier, Glimpse } from '../../model/dossier';
import type { Domain, InstanceDirectory } from '../../model/facts';
import { isOlder, latest } from '../ages';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { directoryTraps, type DirectorySignal } from '../traps/directory';
import { livesOn } from '../places';
import { proof } from '../proof';
import { distinct, purgeOf } from '../remedies';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { wishForGone } from '../wish';
import { listed } from '../words';

function isUsed(directory: InstanceDirectory, domains: readonly Domain[]): boolean {
  const here = domains.filter(({ host }) => host === directory.host);
  if (directory.suffix === '') return here.length > 0;
  return here.some(({ disks }) => disks.some((disk) => disk.startsWith(`${directory.path}/`)));
}

/** Cheap and wide: the live row's own directory and that of a domain are not worth a look. */
function mayBeLeft({ directories, domains, liveRows: rows }: Glimpse): boolean {
  return directories.some(
    (directory) =>
      !isUsed(directory, domains) &&
      (directory.suffix !== '' || !rows.some(({ host }) => host === directory.host)),
  );
}

function strays(dossier: Dossier): readonly InstanceDirectory[] {
  return dossier.directories.filter((directory) => {
    if (isUsed(directory, dossier.domains)) return false;
    return directory.suffix !== '' || !liveRows(dossier).some((row) => hostOf(row) === directory.host);
  });
}

function whyOf(dossier: Dossier, hosts: readonly string[]): string {
  const places = listed([...new Set(hosts)]);
  if (liveRows(dossier).length > 0) {
    return l10n.t('a directory is on {0}, and the instance lives elsewhere or has no use for it', places);
  }
  if (dossier.rows.length > 0) {
    return l10n.t('the directory is still on {0}, and Nova has deleted the instance', places);
  }
  return l10n.t('a directory is on {0}, and no cell has a row of it', places);
}

/** A directory under the instances path that no instance of that host uses. */
export const leftoverDirectory = declareKind<DirectorySignal>({
  id: 'leftover-directory',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['directoryQuietMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      '`<uuid>` on a host that no live row names and that has no domain of it; or `<uuid>_resize` or `<uuid>_del` on any host, of which no domain uses a file. Not while the instance is being deleted.',
    ),
    causes: l10n.t(
      'The host was down while the instance was deleted, evacuated or resized, or the files could not be removed.',
    ),
    fixes: l10n.t(
      'nova-compute tries again while `cleaned` is 0 (nova/compute/manager.py, _run_pending_deletes), and removes at its start what was evacuated away. Then the directory is renamed aside, and removed later. Where the instance lives nothing is ever removed.',
    ),
  }),
  traps: [...commonTraps, ...directoryTraps, cellDoubtful, nowhereKnown, beingBuilt],
  candidate: (glimpse) => mayBeLeft(glimpse),
  signal(dossier, scene) {
    if (dossier.directories.length === 0) return l10n.t('no host that was read has a directory of it');
    if (liveRows(dossier).some(isBeingDeleted)) {
      return l10n.t('the instance is being deleted: its delete decides on the directory');
    }
    const left = strays(dossier);
    const [first] = left;
    if (first === undefined) return l10n.t('the instance, or a domain of it, is where its directory is');
    const since = latest(left.map(({ modifiedAt }) => modifiedAt));
    return {
      strays: left,
      host: first.host,
      why: whyOf(
        dossier,
        left.map(({ host }) => host),
      ),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder({ host }, dossier, scene) {
    const place = host ?? '';
    const due = dossier.rows.find((row) => row.deleted !== 0 && row.cleaned === 0 && hostOf(row) === host);
    const rungs = [{ title: l10n.t('rename it aside first, and remove it when nobody missed it') }];
    if (due !== undefined) {
      const seen = scene.hosts.get(place)?.lastSeenUp;
      rungs.unshift({
        title: isOlder(seen, 5, scene)
          ? l10n.t(
              'start nova-compute on {0}: cleaned is 0, so it tries again (every 300 s, five times)',
              place,
            )
          : l10n.t(
              'wait for nova-compute on {0}: cleaned is 0, so it tries again (every 300 s, five times)',
              place,
            ),
      });
    }
    if (dossier.migrations.some(({ type }) => type === 'evacuation')) {
      rungs.unshift({
        title: l10n.t(
          'restart nova-compute on {0}: it removes what was evacuated away when it starts',
          place,
        ),
      });
    }
    return rungs;
  },
  // Where the instance lives, nothing of it is removed: not even what looks left over.
  remedy: ({ strays: left }, dossier, scene) => ({
    wanted: wishForGone(dossier) !== undefined,
    ...purgeOf(dossier, scene),
    domains: [],
    directories: distinct(
      left.filter(({ host }) => !livesOn(host, dossier)),
      scene,
    ),
  }),
});
