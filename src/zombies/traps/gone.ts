import * as l10n from '@vscode/l10n';
import { isOlder, latest } from '../ages';
import type { Trap, Signal } from '../declaration';
import { beingBuilt, cellDoubtful, nowhereKnown } from './absentRow';

/** For what has no live row: a delete lets go of one thing after the other. */
export const deletedLately: Trap<Signal> = {
  id: 'deleted-lately',
  when: () => ({
    legitimate: l10n.t('the row was deleted a short time ago: the rest of its delete may be under way'),
    suspected: l10n.t('the row is deleted and `deleted_at` is empty'),
  }),
  check(_signal, dossier, scene) {
    if (dossier.rows.length === 0) return undefined;
    const deletedAt = latest(dossier.rows.map((row) => row.deletedAt));
    if (deletedAt === undefined) {
      return {
        verdict: 'suspected',
        text: l10n.t('when the row was deleted is not known: deleted_at is empty'),
      };
    }
    const minutes = scene.thresholds.strayMinutes;
    if (isOlder(deletedAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was deleted less than {0} minutes ago: its delete may not be over', minutes),
    };
  },
  cleared: () => l10n.t('no delete of the last while can be under way'),
};

/** For the kinds about what an instance left behind, whether its row is soft-deleted, archived or nowhere. */
export const goneTraps: readonly Trap<Signal>[] = [deletedLately, cellDoubtful, nowhereKnown, beingBuilt];
