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

function sharesOf({ tables }: Dossier): Dossier['tables'] {
  return tables.filter(({ table, rows }) => table === 'share_mapping' && rows > 0);
}

/** A share of Manila that is still mapped to an instance that Nova deleted. */
export const shareLeftBehind = declareKind<Signal>({
  id: 'share-left-behind',
  needs: ['api-database', 'cell'],
  signs: ['share-of-deleted'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'Rows in `share_mapping` (2025.1 and later) that name an instance whose row is deleted, and no host has a domain of it.',
    ),
    causes: l10n.t('The delete could not unmount the share, or the row of `instances` was marked by hand.'),
    fixes: l10n.t(
      'The table has no shadow table, so the archive leaves it alone and then fails at its foreign key (nova 2025.1, migration d60bddf7a903). Look whether the host still has the share mounted, then SQL deletes the rows.',
    ),
  }),
  traps: [...commonTraps, deletedLately],
  signal(dossier, scene) {
    const reason = whyNotDeleted(dossier);
    if (reason !== undefined) return reason;
    const left = sharesOf(dossier);
    if (left.length === 0) return l10n.t('no row of share_mapping names it');
    return {
      why: l10n.t('Nova deleted the instance, and shares are still mapped to it'),
      evidence: [
        ...left.map(({ cell, rows }) =>
          seen(cellSourceId(cell), l10n.t('share_mapping: {0} rows', rows), scene),
        ),
        ...proof(dossier, scene),
      ],
    };
  },
  ladder: () => [
    { title: l10n.t('look whether its host still has the share mounted, and unmount it there') },
    { title: l10n.t('SQL, before the archive: it would fail at the foreign key') },
  ],
  remedy: (_signal, dossier) => repairOf(removeRows(dossier, ['share_mapping']), true),
});
