import * as l10n from '@vscode/l10n';
import { isOlder, latest } from '../ages';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { proof } from '../proof';
import { repairOf } from '../repairs';
import { liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { tooYoung } from '../traps/young';

/** It goes right after the mapping got its cell: nova/conductor/manager.py, schedule_and_build_instances (Zed). */
const requestWaits: Trap<RowSignal> = {
  id: 'request-waits',
  when: () => ({
    legitimate: l10n.t('its build request is young: nova-conductor may be about to map it'),
    unknown: l10n.t('its build request is still there, and old'),
  }),
  check(_signal, { buildRequestedAt }, scene) {
    if (buildRequestedAt === undefined) return undefined;
    const minutes = scene.thresholds.buildingMinutes;
    if (buildRequestedAt !== '' && !isOlder(buildRequestedAt, minutes, scene)) {
      return {
        verdict: 'legitimate',
        text: l10n.t(
          'its build request is less than {0} minutes old: nova-conductor may be about to map it',
          minutes,
        ),
      };
    }
    return {
      verdict: 'unknown',
      text: l10n.t(
        'its build request is still there: nova-conductor maps the instance and then removes it; where that died, `openstack server delete` takes the request alone, and the row stays',
      ),
    };
  },
  cleared: () => l10n.t('no build request waits for it'),
};

const anotherRow: Trap<RowSignal> = {
  id: 'another-row',
  when: () => ({ unknown: l10n.t('another cell has a row of it too, live or deleted') }),
  check({ row }, { rows }) {
    const other = rows.find(({ cell }) => cell !== row.cell);
    if (other === undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('cell {0} has a row of it too: which of the two is its cell is not known', other.cell),
    };
  },
  cleared: () => l10n.t('no other cell has a row of it, deleted or not'),
};

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
      '`nova-manage cell_v2 map_instances` does not help: it makes mappings, and passes over those that are there (nova/cmd/manage.py, _get_and_map_instances). `openstack server delete` would take a build request, and leave the row. What is left is SQL: `cell_id` becomes that of the cell which has the row, as nova-conductor would have written it (_map_instance_to_cell).',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    tooYoung({
      threshold: 'buildingMinutes',
      times: (_signal, dossier) => [
        latest([dossier.mapping?.createdAt, ...liveRows(dossier).map(({ createdAt }) => createdAt)]),
      ],
    }),
    requestWaits,
    anotherRow,
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
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('ask Nova of it: exit code 2 says that it is mapped to no cell'),
      command: `nova-manage cell_v2 verify_instance --uuid ${uuid}`,
    },
    {
      title: l10n.t(
        'SQL: the mapping is given the cell that has the row; map_instances passes over a mapping that is there',
      ),
    },
    {
      title: l10n.t('then Nova shows it, and can delete it'),
      command: `openstack server show ${uuid}`,
    },
  ],
  remedy: ({ row }) => repairOf([{ do: 'map-to-cell', cell: row.cell }], false),
});
