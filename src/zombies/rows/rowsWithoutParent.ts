import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { beingBuilt, cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { isOfApiAlone } from '../cells/apiLeftovers';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof } from '../proof';
import { purgeOf } from '../remedies';
import { isUntied } from './untiedRows';

function rowsOf(dossier: Dossier): number {
  return dossier.leftovers.reduce((sum, { rows }) => sum + rows, 0);
}

/** Rows that name an instance whose own row is gone: mostly the work of a hand with foreign key checks off. */
export const rowsWithoutParent = declareKind<Signal>({
  id: 'rows-without-parent',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes'],
  atOnce: true,
  about: () => ({
    signal: l10n.t(
      'Rows that name a UUID of which no cell has a row in `instances`, deleted or not, and a cell has such rows; more than what `untied-rows` is about. Where only the API database has any, the kinds of its tables decide. A domain or a directory of it decides first, and the rows come along.',
    ),
    causes: l10n.t('Somebody deleted the row of `instances` by hand, with foreign key checks off.'),
    fixes: l10n.t(
      '`nova-manage db archive_deleted_rows` where the row is archived already; otherwise SQL: purge. Nova has no command for them.',
    ),
  }),
  traps: [...commonTraps, cellDoubtful, beingBuilt],
  candidate: (glimpse) => glimpse.leftovers.length > 0 && glimpse.liveRows.length === 0 && !isUntied(glimpse),
  signal(dossier, scene) {
    if (dossier.leftovers.length === 0)
      return l10n.t('no database has rows of it without a row of instances');
    if (dossier.rows.length > 0) return l10n.t('a cell has its row of instances');
    if (isUntied(dossier)) return l10n.t('only rows that no foreign key ties to it are left of it');
    if (isOfApiAlone(dossier)) return l10n.t('only the API database has rows of it: their own kinds decide');
    if (dossier.domains.length > 0)
      return l10n.t('its domain still exists, and decides: the rows come along');
    if (dossier.directories.length > 0) {
      return l10n.t('its directory still exists, and decides: the rows come along');
    }
    const tables = new Set(dossier.leftovers.map(({ database, table }) => `${database} ${table}`)).size;
    return {
      why: l10n.t(
        '{0} rows in {1} tables name it, and no cell has its row of instances',
        rowsOf(dossier),
        tables,
      ),
      evidence: proof(dossier, scene),
    };
  },
  ladder: (_signal, { shadowCells }) => [
    ...(shadowCells.length > 0
      ? [
          {
            title: l10n.t('let Nova archive the rest'),
            command: 'nova-manage db archive_deleted_rows --until-complete',
          },
        ]
      : []),
    { title: l10n.t('SQL: Nova has no command for rows whose instance is not there any more') },
  ],
  // Nobody can want back an instance without its row; nothing that could run is destroyed.
  remedy: (_signal, dossier, scene) => ({
    wanted: true,
    domains: [],
    directories: [],
    ...purgeOf(dossier, scene),
  }),
});
