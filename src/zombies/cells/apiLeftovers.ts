import * as l10n from '@vscode/l10n';
import type { Dossier, Glimpse } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import { apiDatabaseId } from '../../model/schema';
import type { Remedy, Rung } from '../../model/suspect';
import type { Trap, Signal } from '../declaration';
import { purgeOf } from '../remedies';
import { beingBuilt, cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { novaHasIt } from '../traps/novaHasIt';

/** Checked by the kinds about rows of the API database whose instance no cell has. */
export const leftoverTraps: readonly Trap<Signal>[] = [...commonTraps, cellDoubtful, novaHasIt, beingBuilt];

/** Rows of that table of the API database, where no cell has a row of the instance. */
export function leftIn(table: string, { leftovers }: Pick<Glimpse, 'leftovers'>): number {
  return leftovers
    .filter((leftover) => leftover.database === apiDatabaseId && leftover.table === table)
    .reduce((sum, { rows }) => sum + rows, 0);
}

/** Each table of the API database has a kind that knows what its rows may still be good for, and decides. */
export function isOfApiAlone({ leftovers }: Pick<Glimpse, 'leftovers'>): boolean {
  return leftovers.length > 0 && leftovers.every(({ database }) => database === apiDatabaseId);
}

export function isLeftIn(table: string): (glimpse: Glimpse) => boolean {
  return (glimpse) => leftIn(table, glimpse) > 0 && glimpse.liveRows.length === 0;
}

/** In one line why the rows of that table are not left over, or do not decide. Undefined when they are. */
export function whyNotLeft(table: string, dossier: Dossier): string | undefined {
  if (dossier.rows.length > 0) return l10n.t('a cell has its row of instances');
  if (leftIn(table, dossier) === 0) return l10n.t('nothing of it is left over in {0}', table);
  if (dossier.domains.length > 0) return l10n.t('its domain still exists, and decides: the rows come along');
  return dossier.directories.length > 0
    ? l10n.t('its directory still exists, and decides: the rows come along')
    : undefined;
}

/** Nova's archive takes these along with the instance, and cannot once its row is gone: nova/cmd/manage.py (Zed). */
export function purgeLadder(): readonly Rung[] {
  return [
    {
      title: l10n.t('SQL: `nova-manage db archive_deleted_rows` takes it along only with a row of instances'),
    },
  ];
}

/** Nobody can want back an instance without its row; nothing that could run is destroyed. */
export function purge(dossier: Dossier, scene: Scene): Remedy {
  return { wanted: true, domains: [], directories: [], ...purgeOf(dossier, scene) };
}
