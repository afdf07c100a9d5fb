import * as l10n from '@vscode/l10n';
import { isOlder } from './ages';
import type { Signal, Trap } from './declare';

/** For the kinds that say that no cell has a row. */
export const beingBuilt: Trap<Signal> = {
  id: 'being-built',
  check(_signal, dossier, scene) {
    const { buildRequestedAt, mapping, rows } = dossier;
    if (rows.length > 0) return undefined;
    if (buildRequestedAt !== undefined) {
      return isOlder(buildRequestedAt, scene.thresholds.buildingMinutes, scene)
        ? {
            verdict: 'unknown',
            text: l10n.t(
              'a build request of {0} is still there: `openstack server delete` removes it',
              buildRequestedAt,
            ),
          }
        : { verdict: 'legitimate', text: l10n.t('a build request says that it is being built') };
    }
    if (mapping?.cell !== null) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('its mapping names no cell yet: it may be on its way into one'),
    };
  },
  cleared: () => l10n.t('no build request is waiting for it'),
};

/** Neither deleted nor archived: nothing tells what became of the instance. */
export const nowhereKnown: Trap<Signal> = {
  id: 'nowhere-known',
  check(_signal, { rows, shadowCells }) {
    if (rows.length > 0 || shadowCells.length > 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'no cell has a row of it, deleted or archived: another cloud may use this host, or the row was removed by hand',
      ),
    };
  },
  cleared: () => l10n.t('a cell has, or had, its row: it belongs to this cloud'),
};
