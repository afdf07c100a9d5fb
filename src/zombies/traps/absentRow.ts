import * as l10n from '@vscode/l10n';
import { isAfter, isOlder } from '../ages';
import type { Trap, Signal } from '../declaration';

/** For the kinds that say that no cell has a row. */
export const beingBuilt: Trap<Signal> = {
  id: 'being-built',
  when: () => ({
    legitimate: l10n.t('no row, and a young build request'),
    unknown: l10n.t('no row, and an old build request'),
    suspected: l10n.t('no row, and a mapping without a cell'),
  }),
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

/**
 * The API database says that it lives in a cell whose database may not be the one that Nova uses, or may be an old
 * copy of it: a wrong URL answers as well as the right one.
 */
export const cellDoubtful: Trap<Signal> = {
  id: 'cell-doubtful',
  when: () => ({
    unknown: l10n.t(
      'the API database has it in a cell, not queued for delete, and a tenth of that cell’s mappings (two at least) have no row there, or no row there is as new: a wrong URL, or an old backup',
    ),
  }),
  check(_signal, { rows, shadowCells, mapping }, scene) {
    if (!mapping?.cell || mapping.queuedForDelete) return undefined;
    if ([...rows.map(({ cell }) => cell), ...shadowCells].includes(mapping.cell)) return undefined;
    const cell = scene.cells.get(mapping.cell);
    if (cell === undefined) return undefined;
    const { name, mapped, missing, newestAt } = cell;
    if (missing >= 2 && missing * 10 >= mapped) {
      return {
        verdict: 'unknown',
        text: l10n.t(
          '{0} of the {1} instances that the API database has in {2} have no row there: is it the right database, and is it whole?',
          missing,
          mapped,
          name,
        ),
      };
    }
    if (newestAt !== undefined && !isAfter(mapping.createdAt, newestAt)) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'the API database has it in {0}, and no row there is as new: was that database restored from a backup?',
        name,
      ),
    };
  },
  cleared: () => l10n.t('the database of its cell fits what the API database says of it'),
};

/** Neither deleted nor archived: nothing tells what became of the instance. */
export const nowhereKnown: Trap<Signal> = {
  id: 'nowhere-known',
  when: () => ({
    suspected: l10n.t(
      'no row, deleted or archived, in any cell: another cloud on the host, or a row removed by hand',
    ),
  }),
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
