import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { InstanceRow } from '../../model/facts';
import { tablesOfEveryInstance } from '../../model/instanceTables';
import { cellSourceId } from '../../model/source';
import { declareKind } from '../declare';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { tooYoung } from '../traps/young';

/** A table that was not counted, as one that the release does not have, tells nothing. */
function tornOff({ cell }: InstanceRow, { tables }: Dossier): readonly string[] {
  return tablesOfEveryInstance.filter((table) =>
    tables.some((each) => each.cell === cell && each.table === table && each.rows === 0),
  );
}

/** A live row without the rows that Nova reads along with it. */
export const tornInstance = declareKind<RowSignal>({
  id: 'torn-instance',
  needs: ['api-database', 'cell'],
  signs: ['torn'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row without its row in `instance_extra` or `instance_info_caches`. Such an instance makes a server list fail with HTTP 500 and may keep nova-compute from starting.',
    ),
    causes: l10n.t(
      'An archive that was interrupted before Nova archived an instance as a whole (bug 1837995), or a deletion by hand.',
    ),
    fixes: l10n.t(
      'Copy the row back from the `shadow_` table or from a backup. If the instance is to go, delete it after that. Nothing of it is removed here.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    tooYoung({ times: ({ row }) => [row.createdAt], ageless: 'suspected' }),
  ],
  signal(dossier, scene) {
    const live = liveRows(dossier);
    if (live.length === 0) return l10n.t('there is no live row');
    if (live.some(isBeingDeleted)) return l10n.t('it is being deleted');
    const row = live.find((each) => tornOff(each, dossier).length > 0);
    if (row === undefined) return l10n.t('the rows that Nova reads along with it are there');
    const missing = tornOff(row, dossier).join(', ');
    const host = hostOf(row);
    return {
      row,
      why: l10n.t('it is live, and its row is missing in: {0}', missing),
      evidence: [
        seen(cellSourceId(row.cell), l10n.t('no row of it in {0}', missing), scene),
        ...proof(dossier, scene),
      ],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: ({ row }, { uuid }) => [
    {
      title: l10n.t(
        'copy its rows back, from the shadow_ tables of {0} or from a backup: the instance may be somebody’s machine',
        row.cell,
      ),
    },
    {
      title: l10n.t('when nobody wants it any more, and its rows are back'),
      command: `openstack server delete ${uuid}`,
    },
  ],
  remedy: () => stepsOnly(),
});
