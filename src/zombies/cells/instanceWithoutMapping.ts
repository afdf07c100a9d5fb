import * as l10n from '@vscode/l10n';
import { isUuid } from '../../model/uuid';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { proof } from '../proof';
import { liveRows } from '../rows';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { tooYoung } from '../traps/young';

/** An upgrade to cells that was never finished has no mappings at all, and neither has the wrong API database. */
const cellUnmapped: Trap<RowSignal> = {
  id: 'cell-unmapped',
  when: () => ({
    unknown: l10n.t('no instance at all is mapped to its cell: the upgrade to cells is not finished'),
  }),
  check({ row }, _dossier, scene) {
    const cell = scene.cells.get(row.cell);
    if (cell === undefined || cell.mapped > 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'the API database has no instance in {0} at all: is it the right one, and is the upgrade to cells finished?',
        cell.name,
      ),
    };
  },
  cleared: () => l10n.t('other instances are mapped to its cell'),
};

function mapInstances(cell: string): string {
  return `nova-manage cell_v2 map_instances --cell_uuid ${cell} --reset`;
}

/** The API answers 404 for it, since it looks for the cell in the mapping (nova/compute/api.py, _get_instance, Zed). */
export const instanceWithoutMapping = declareKind<RowSignal>({
  id: 'instance-without-mapping',
  needs: ['api-database', 'cell'],
  signs: ['without-mapping'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t('A live row in a cell, and no row of `instance_mappings`: the API answers 404 for it.'),
    causes: l10n.t(
      'The mapping was removed by hand, or the row came into the cell by hand, from before cells or from a backup.',
    ),
    fixes: l10n.t(
      '`nova-manage cell_v2 map_instances` makes the mappings that a cell lacks and leaves the others alone (nova/cmd/manage.py, _get_and_map_instances). It starts where an earlier run ended, therefore `--reset`.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    tooYoung({
      threshold: 'buildingMinutes',
      times: (_signal, dossier) => [liveRows(dossier)[0]?.createdAt],
    }),
    cellUnmapped,
  ],
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    if (dossier.mapping !== undefined) return l10n.t('it has a mapping');
    return {
      row,
      why: l10n.t('a cell has its live row, and the API database does not know in which cell it is'),
      evidence: proof(dossier, scene),
    };
  },
  ladder: ({ row }) => [
    {
      title: l10n.t('let Nova map what its cell has and the API database lacks'),
      ...(isUuid(row.cell) ? { command: mapInstances(row.cell) } : {}),
    },
  ],
  remedy: ({ row }) =>
    stepsOnly(
      isUuid(row.cell)
        ? [
            {
              command: mapInstances(row.cell),
              why: l10n.t('the repair: Nova makes the mappings that are missing'),
            },
          ]
        : [],
    ),
});
