import * as l10n from '@vscode/l10n';
import { isUuid } from '../../model/uuid';
import { latest } from '../ages';
import { declareKind } from '../declare';
import { proof } from '../proof';
import { liveRows } from '../rows';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { stillYoung } from '../traps/stillYoung';

/** For people to run in the API database: Nova has no command that gives a mapping its cell. */
function statement(uuid: string, cell: string): string {
  const id = `(SELECT id FROM cell_mappings WHERE uuid = '${cell}')`;
  return `UPDATE instance_mappings SET cell_id = ${id} WHERE instance_uuid = '${uuid}' AND cell_id IS NULL;`;
}

/** Listed, because the list goes through the cells; neither shown nor deleted, because that goes by the mapping. */
export const mappingWithoutCell = declareKind<RowSignal>({
  id: 'mapping-without-cell',
  needs: ['api-database', 'cell'],
  signs: ['mapping-without-cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `instance_mappings` whose `cell_id` is NULL, while a cell has a live row of the instance: it is listed, and can be neither shown nor deleted (bug 1784074).',
    ),
    causes: l10n.t(
      'nova-conductor died, or failed, between the row of the instance and the update of its mapping (nova/conductor/manager.py, schedule_and_build_instances).',
    ),
    fixes: l10n.t(
      '`nova-manage cell_v2 map_instances` does not help: it makes mappings, and passes over those that are there (nova/cmd/manage.py, _get_and_map_instances). `openstack server delete` would take a build request, and leave the row. What is left is to set `cell_id` by hand; nothing is drafted.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    stillYoung('buildingMinutes', (dossier) =>
      latest([
        dossier.buildRequestedAt,
        dossier.mapping?.createdAt,
        ...liveRows(dossier).map(({ createdAt }) => createdAt),
      ]),
    ),
  ],
  signal(dossier, scene) {
    const { mapping } = dossier;
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    if (mapping === undefined) return l10n.t('it has no mapping');
    if (mapping.cellId !== null) return l10n.t('its mapping names a cell');
    return {
      row,
      why: l10n.t('a cell has its live row, and its mapping names no cell: nobody can show or delete it'),
      evidence: proof(dossier, scene),
      ...(mapping.createdAt === null ? {} : { since: mapping.createdAt }),
    };
  },
  ladder: ({ row }, { uuid }) => [
    {
      title: l10n.t('ask Nova of it: exit code 2 says that it is mapped to no cell'),
      command: `nova-manage cell_v2 verify_instance --uuid ${uuid}`,
    },
    {
      title: l10n.t(
        'give the mapping its cell in the API database by hand: map_instances passes over a mapping that is there',
      ),
      ...(isUuid(row.cell) ? { command: statement(uuid, row.cell) } : {}),
    },
  ],
  remedy: () => stepsOnly(),
});
