import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Thresholds } from '../../model/scene';
import { isOlder } from '../ages';
import type { Trap, Signal } from '../declaration';

export interface Youth<S extends Signal> {
  /** when the last things happened that may still be under way */
  readonly times: (signal: S, dossier: Dossier) => readonly (string | null | undefined)[];
  /** default: strayMinutes */
  readonly threshold?: keyof Thresholds;
  /** what it is where none of the times is known; default: unknown */
  readonly ageless?: 'suspected';
}

export const tooYoungId = 'too-young';

/** What Nova or a service is at work on looks the same for a while: things are made before the rows that explain them. */
export function tooYoung<S extends Signal>({ times, ...rest }: Youth<S>): Trap<S> {
  const { threshold = 'strayMinutes', ageless = 'unknown' } = rest;
  return {
    id: tooYoungId,
    when: () => ({
      legitimate: l10n.t('it was made, or changed, less than `{0}` ago', threshold),
      [ageless]: l10n.t('its age is not known'),
    }),
    check(signal, dossier, scene) {
      const minutes = scene.thresholds[threshold];
      const fresh = times(signal, dossier).filter((time) => !isOlder(time, minutes, scene));
      const known = fresh.flatMap((time) => time ?? []).find((time) => !Number.isNaN(Date.parse(time)));
      if (fresh.length === 0) return undefined;
      return known === undefined
        ? { verdict: ageless, text: l10n.t('how old it is, is not known') }
        : {
            verdict: 'legitimate',
            text: l10n.t(
              'it was made, or changed, at {0}, less than {1} minutes ago: it may be under way',
              known,
              minutes,
            ),
          };
    },
    cleared: (_signal, _dossier, scene) =>
      l10n.t('nothing about it changed for {0} minutes', scene.thresholds[threshold]),
  };
}
