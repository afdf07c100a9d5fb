import * as l10n from '@vscode/l10n';
import type { DatabaseContent, DraftSubject } from '../model/content';
import { databaseOf, type RowRepair } from '../model/rowRepair';
import { apiDatabaseId } from '../model/schema';
import { isUuid } from '../model/uuid';
import { isDispensable } from './repairRules';
import { declarationsOf, hasColumn } from './tables';

/** Why the repairs do not fit what the databases hold by now; undefined when they do. */
export function repairObjection({ suspect, contents }: DraftSubject): string | undefined {
  for (const repair of suspect.remedy.repairs ?? []) {
    const content = contents.find(({ database }) => database === databaseOf(repair));
    if (!content) return l10n.t('the database {0} has no row of it any more.', databaseOf(repair));
    const against = objection(repair, content, contents);
    if (against !== undefined) return against;
  }
  return undefined;
}

function objection(
  repair: RowRepair,
  content: DatabaseContent,
  contents: readonly DatabaseContent[],
): string | undefined {
  const { instance, schema } = content;
  const isLive = instance?.deleted === 0;
  switch (repair.do) {
    case 'queue-mapping':
      return isGone(contents)
        ? undefined
        : l10n.t('no cell has a row of it that is deleted, or one is live.');
    case 'map-to-cell':
      return mapObjection(repair.cell, content, contents);
    case 'finish-delete':
      return instance && !isLive ? undefined : l10n.t('{0} has no row of it that is deleted.', schema.name);
    case 'remove-rows':
      return rowsObjection(repair.table, isLive);
    case 'forget-volume':
      return isUuid(repair.volumeId) ? undefined : l10n.t('the volume is named by no UUID.');
    case 'move-row':
      if (!isLive || instance.host !== repair.from)
        return l10n.t('{0} has no live row of it on {1}.', schema.name, repair.from);
      return repair.computeId === undefined && hasColumn(schema, 'instances', 'compute_id')
        ? l10n.t('it is not known which compute node of {0} it is.', repair.host)
        : undefined;
    case 'end-migration':
      return undefined;
  }
}

function isGone(contents: readonly DatabaseContent[]): boolean {
  const rows = contents.flatMap(({ database, instance }) =>
    database === apiDatabaseId ? [] : (instance ?? []),
  );
  return rows.length > 0 && rows.every(({ deleted }) => deleted !== 0);
}

/** One row is there, in one cell, and it lives; nothing says that the instance is still on its way into a cell. */
function mapObjection(
  cell: string,
  { mapping, counts, schema }: DatabaseContent,
  contents: readonly DatabaseContent[],
): string | undefined {
  const [row, ...others] = contents.flatMap(({ instance }) => instance ?? []);
  if (row?.cell !== cell || row.deleted !== 0) return l10n.t('the cell {0} has no live row of it.', cell);
  if (others.length > 0) return l10n.t('several cells have a row of it.');
  if (mapping?.cellId !== null) return l10n.t('it has no mapping whose cell_id is NULL.');
  if (counts.has('build_requests') || !hasColumn(schema, 'build_requests', 'instance_uuid'))
    return l10n.t('a build request of it may still wait for nova-conductor.');
  return undefined;
}

function rowsObjection(table: string, isLive: boolean): string | undefined {
  const entry = declarationsOf('cell', table)[0];
  if (!entry || entry.treatment === 'keep') return l10n.t('nothing is removed from {0}.', table);
  return isLive && !isDispensable(table)
    ? l10n.t('its row is live, and keeps what it has in {0}.', table)
    : undefined;
}
