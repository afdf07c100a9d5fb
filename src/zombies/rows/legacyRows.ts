import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { cellSourceId } from '../../model/source';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { whyNotDeleted } from '../gone';
import { proof, seen } from '../proof';
import { removeRows, repairOf } from '../repairs';
import { commonTraps } from '../traps/common';
import { deletedLately } from '../traps/gone';

/** Nova has no models of them any more, and their foreign keys stayed: nova/db/main/models.py, REMOVED_TABLES (Zed). */
const legacy: readonly string[] = ['fixed_ips', 'consoles'];

function legacyOf({ tables }: Dossier): Dossier['tables'] {
  return tables.filter(({ table, rows }) => rows > 0 && legacy.includes(table));
}

/** Rows of forgotten tables that keep a deleted instance from being archived. */
export const legacyRows = declareKind<Signal>({
  id: 'legacy-rows',
  needs: ['api-database', 'cell'],
  signs: ['legacy-rows'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t('Rows in `fixed_ips` or `consoles` that name an instance whose row is deleted.'),
    causes: l10n.t(
      'The cloud once ran nova-network or nova-consoles. Nova removed both, and left the tables with their foreign keys (nova/db/main/models.py, REMOVED_TABLES).',
    ),
    fixes: l10n.t(
      'Nova’s archive follows its models and cannot see them; it fails at the foreign key. SQL detaches `fixed_ips`, which are inventory, and deletes `consoles`.',
    ),
  }),
  traps: [...commonTraps, deletedLately],
  signal(dossier, scene) {
    const reason = whyNotDeleted(dossier);
    if (reason !== undefined) return reason;
    const left = legacyOf(dossier);
    if (left.length === 0) return l10n.t('no row of fixed_ips or consoles names it');
    return {
      why: l10n.t('Nova deleted the instance, and tables that Nova gave up still name it'),
      evidence: [
        ...left.map(({ cell, table, rows }) =>
          seen(cellSourceId(cell), l10n.t('rows of a legacy table: {0} {1}', table, rows), scene),
        ),
        ...proof(dossier, scene),
      ],
    };
  },
  ladder: () => [
    { title: l10n.t('SQL: Nova has no command for tables that it gave up, and its archive fails at them') },
  ],
  remedy: (_signal, dossier) => repairOf(removeRows(dossier, legacy), true),
});
