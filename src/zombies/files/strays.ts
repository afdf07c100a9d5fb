import * as l10n from '@vscode/l10n';
import type { Dossier, Glimpse } from '../../model/dossier';
import type { Domain, InstanceDirectory, LiveRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { Remedy, Rung } from '../../model/suspect';
import { isOlder, latest } from '../ages';
import { livesOn } from '../places';
import { proof } from '../proof';
import { distinct, purgeOf } from '../remedies';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import type { DirectorySignal } from '../traps/directory';
import { wishForGone } from '../wish';
import { listed } from '../words';

type Suffix = InstanceDirectory['suffix'];

function isUsed(directory: InstanceDirectory, domains: readonly Domain[]): boolean {
  const here = domains.filter(({ host }) => host === directory.host);
  if (directory.suffix === '') return here.length > 0;
  return here.some(({ disks }) => disks.some((disk) => disk.startsWith(`${directory.path}/`)));
}

/** Not those of a domain on their host, nor the live row's own. */
function straysOf(
  { directories, domains }: Pick<Dossier, 'directories' | 'domains'>,
  rows: readonly LiveRow[],
  suffix: Suffix,
): readonly InstanceDirectory[] {
  return directories.filter(
    (directory) =>
      directory.suffix === suffix &&
      !isUsed(directory, domains) &&
      (suffix !== '' || !rows.some((row) => hostOf(row) === directory.host)),
  );
}

/** True when there is one that is worth a look. */
export function mayBeLeft(glimpse: Glimpse, suffix: Suffix): boolean {
  return straysOf(glimpse, glimpse.liveRows, suffix).length > 0;
}

/** The directories with this suffix that nothing on their host uses, or in one line why there are none. */
export function directorySignal(
  dossier: Dossier,
  scene: Scene,
  suffix: Suffix,
  whyOf: (hosts: string) => string,
): DirectorySignal | string {
  if (dossier.directories.length === 0) return l10n.t('no host that was read has a directory of it');
  if (liveRows(dossier).some(isBeingDeleted)) {
    return l10n.t('the instance is being deleted: its delete decides on the directory');
  }
  if (!dossier.directories.some((directory) => directory.suffix === suffix)) {
    return l10n.t('its directories are of another name');
  }
  const strays = straysOf(dossier, liveRows(dossier), suffix);
  const [first] = strays;
  if (first === undefined) return l10n.t('the instance, or a domain of it, is where its directory is');
  const since = latest(strays.map(({ modifiedAt }) => modifiedAt));
  return {
    strays,
    host: first.host,
    why: whyOf(listed([...new Set(strays.map(({ host }) => host))])),
    evidence: proof(dossier, scene),
    ...(since === undefined ? {} : { since }),
  };
}

export function renameAside(): Rung {
  return { title: l10n.t('rename it aside first, and remove it when nobody missed it') };
}

/** nova-compute tries again while `cleaned` is 0: nova/compute/manager.py, _run_pending_deletes (Zed). */
export function triesAgain({ host }: DirectorySignal, dossier: Dossier, scene: Scene): readonly Rung[] {
  const place = host ?? '';
  if (!dossier.rows.some((row) => row.deleted !== 0 && row.cleaned === 0 && hostOf(row) === host)) return [];
  return [
    {
      title: isOlder(scene.hosts.get(place)?.lastSeenUp, 5, scene)
        ? l10n.t(
            'start nova-compute on {0}: cleaned is 0, so it tries again (every 300 s, five times)',
            place,
          )
        : l10n.t(
            'wait for nova-compute on {0}: cleaned is 0, so it tries again (every 300 s, five times)',
            place,
          ),
    },
  ];
}

/** Where the instance lives, nothing of it is removed: not even what looks left over. */
export function removalOf({ strays }: DirectorySignal, dossier: Dossier, scene: Scene): Remedy {
  return {
    wanted: wishForGone(dossier) !== undefined,
    ...purgeOf(dossier, scene),
    domains: [],
    directories: distinct(
      strays.filter(({ host }) => !livesOn(host, dossier)),
      scene,
    ),
  };
}
