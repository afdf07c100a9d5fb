import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { apiDatabaseId } from '../../model/schema';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof } from '../proof';
import { purgeOf } from '../remedies';
import { beingBuilt, cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';

/** Tables of a cell that name an instance without a foreign key: nova/db/main/models.py (Zed). */
const untied: ReadonlySet<string> = new Set([
  'tags',
  'volume_usage_cache',
  'instance_id_mappings',
  'bw_usage_cache',
]);

/** All that is left of it hangs on no foreign key: no delete or archive of Nova can have been hindered by it. */
export function isUntied({ leftovers }: Pick<Dossier, 'leftovers'>): boolean {
  return (
    leftovers.length > 0 &&
    leftovers.every(({ database, table }) => database !== apiDatabaseId && untied.has(table))
  );
}

/** What Nova itself leaves when it purges an instance. */
export const untiedRows = declareKind<Signal>({
  id: 'untied-rows',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'Rows of `tags`, `volume_usage_cache`, `instance_id_mappings` or `bw_usage_cache` alone that name a UUID of which no cell has a row in `instances`. With rows of other tables it is `rows-without-parent`. A domain or a directory of it decides first.',
    ),
    causes: l10n.t(
      'The instance was purged: no foreign key ties these tables to it, so nothing takes them along.',
    ),
    fixes: l10n.t(
      'Nova has no command for them. SQL: purge. The usage caches may be what a bill is made from: ask first.',
    ),
  }),
  traps: [...commonTraps, cellDoubtful, beingBuilt],
  candidate: (glimpse) => isUntied(glimpse) && glimpse.liveRows.length === 0,
  signal(dossier, scene) {
    if (!isUntied(dossier)) return l10n.t('it is not rows without a foreign key that are left');
    if (dossier.rows.length > 0) return l10n.t('a cell has its row of instances');
    if (dossier.domains.length > 0 || dossier.directories.length > 0) {
      return l10n.t('its domain or its directory still exists, and decides: the rows come along');
    }
    return {
      why: l10n.t('only rows that no foreign key ties to it are left of it'),
      evidence: proof(dossier, scene),
    };
  },
  ladder: () => [{ title: l10n.t('SQL: Nova has no command for rows whose instance is not there any more') }],
  remedy: (_signal, dossier, scene) => ({
    wanted: true,
    domains: [],
    directories: [],
    ...purgeOf(dossier, scene),
  }),
});
