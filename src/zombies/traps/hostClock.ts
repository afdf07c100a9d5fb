import * as l10n from '@vscode/l10n';
import type { Scene } from '../../model/scene';
import type { Trap, Signal } from '../declaration';
import { relatedHosts } from '../places';
import { listed } from '../words';

/** A difference that synchronized clocks do not have. */
const noticedMs = 60_000;

function secondsOff(host: string, scene: Scene): string[] {
  const aheadMs = scene.hosts.get(host)?.aheadMs ?? 0;
  if (Math.abs(aheadMs) <= noticedMs) return [];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return [
    aheadMs > 0 ? l10n.t('{0} ({1} s ahead)', host, seconds) : l10n.t('{0} ({1} s behind)', host, seconds),
  ];
}

/** Times of files are told by our clock, but what nova-compute wrote from there into the database is not. */
export const hostClock: Trap<Signal> = {
  id: 'host-clock',
  when: () => ({ confirmed: l10n.t('a note: the clock of a host of it is more than 60 s off from ours') }),
  check(_signal, dossier, scene) {
    const off = relatedHosts(dossier, scene).flatMap((host) => secondsOff(host, scene));
    if (off.length === 0) return undefined;
    return {
      verdict: 'confirmed',
      text: l10n.t(
        'times that a host of it wrote into the database are off by as much as its clock: {0}',
        listed(off),
      ),
    };
  },
  cleared: () => l10n.t('the clocks of its hosts agree with ours'),
};
