import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { TableRows } from '../../model/facts';
import { cellTables } from '../../model/instanceTables';
import { cellSourceId } from '../../model/source';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { whyNotDeleted } from '../gone';
import { proof, seen } from '../proof';
import { finishDelete, repairOf } from '../repairs';
import { commonTraps } from '../traps/common';
import { deletedLately } from '../traps/gone';

interface LiveRowsSignal extends Signal {
  readonly live: readonly TableRows[];
}

/** Those that Nova marks along; instance_actions and its events are kept on purpose (instance_destroy). */
const markedAlong: ReadonlySet<string> = new Set(
  cellTables.filter(({ marked }) => marked === 'soft').map(({ table }) => table),
);

function liveBelow({ tables, rows }: Dossier): readonly TableRows[] {
  const cells = new Set(rows.map(({ cell }) => cell));
  return tables.filter(({ cell, table, live }) => live > 0 && cells.has(cell) && markedAlong.has(table));
}

/**
 * nova-compute writes clean_attempts below the deleted row when it retries to remove files: a new row, with deleted = 0
 * (nova/compute/manager.py, _run_pending_deletes; nova/db/main/api.py, _instance_metadata_update_in_place; Zed).
 */
const cleanAttempts: Trap<LiveRowsSignal> = {
  id: 'clean-attempts',
  when: () => ({
    legitimate: l10n.t(
      'a single row of `instance_system_metadata`: nova-compute counts there how often it tried to remove the files',
    ),
  }),
  check({ live }) {
    if (!live.every(({ table, live: rows }) => table === 'instance_system_metadata' && rows === 1)) {
      return undefined;
    }
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'Nova itself wrote it after the delete: nova-compute counts there how often it tried to remove the files',
      ),
    };
  },
  cleared: () => l10n.t('it is more than the count that nova-compute keeps of a deleted instance'),
};

/** A delete by hand marked the row of `instances` and forgot what hangs on it. */
export const liveRowsOfDeletedInstance = declareKind<LiveRowsSignal>({
  id: 'live-rows-of-deleted-instance',
  needs: ['api-database', 'cell'],
  signs: ['live-rows-of-deleted'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'Rows with `deleted` 0 in the tables that Nova marks along with an instance, below a row of `instances` that is deleted. `instance_actions` and its events are kept on purpose and do not count.',
    ),
    causes: l10n.t('Somebody marked the row of `instances` by hand, and nothing else.'),
    fixes: l10n.t(
      '`nova-manage db archive_deleted_rows` takes them along, since it follows the foreign keys (nova/db/main/api.py, _get_fk_stmts); older releases stop at them (bug 1622545). SQL marks them as Nova’s own delete would have (instance_destroy).',
    ),
  }),
  traps: [...commonTraps, deletedLately, cleanAttempts],
  signal(dossier, scene) {
    const reason = whyNotDeleted(dossier);
    if (reason !== undefined) return reason;
    const live = liveBelow(dossier);
    if (live.length === 0) return l10n.t('nothing below its deleted row is live');
    const rows = live.reduce((sum, each) => sum + each.live, 0);
    const counts = live.map(({ cell, table, live: count }) =>
      seen(cellSourceId(cell), l10n.t('live rows below the deleted one: {0} {1}', table, count), scene),
    );
    return {
      live,
      why: l10n.t('Nova deleted the instance, and {0} rows below it are still live', rows),
      evidence: [...counts, ...proof(dossier, scene)],
    };
  },
  ladder: () => [
    {
      title: l10n.t('let Nova archive it: it takes along what hangs on the row'),
      command: 'nova-manage db archive_deleted_rows --until-complete',
    },
    { title: l10n.t('SQL, where the archive stops at them: mark them as Nova does') },
  ],
  remedy: ({ live }, dossier) => repairOf(finishDelete(dossier, live), true),
});
