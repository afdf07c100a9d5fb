import * as l10n from '@vscode/l10n';
import type { InstanceRow } from '../../model/facts';
import type { Trap, Signal } from '../declaration';
import { unconfirmedResizes } from '../migrations';
import { isSoftDeleted, liveRows } from '../rows';
import { deleteAskedAt, wishForRow } from '../wish';

/** A signal about one live row. */
export interface RowSignal extends Signal {
  readonly row: InstanceRow;
}

export const hiddenCopy: Trap<RowSignal> = {
  id: 'hidden-copy',
  when: () => ({ legitimate: l10n.t('a live row is hidden: the other copy of a resize across cells') }),
  check(_signal, dossier) {
    if (!liveRows(dossier).some(({ hidden }) => hidden)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('a live row is hidden: it is the other copy of an instance that is resized across cells'),
    };
  },
  cleared: () => l10n.t('no live row is hidden, so it is no copy of a resize across cells'),
};

export const twoLiveRows: Trap<RowSignal> = {
  id: 'two-live-rows',
  when: () => ({ unknown: l10n.t('two cells have a live row') }),
  check(_signal, dossier) {
    const live = liveRows(dossier);
    if (live.length < 2) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('{0} cells have a live row: which one is the instance is not known', live.length),
    };
  },
  cleared: () => l10n.t('only one cell has a live row'),
};

export const resizeUnconfirmed: Trap<RowSignal> = {
  id: 'resize-unconfirmed',
  when: () => ({ unknown: l10n.t('a migration is `finished`: confirm or revert is due') }),
  check(_signal, dossier) {
    const [migration] = unconfirmedResizes(dossier);
    if (migration === undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('a resize (migration {0}) waits for confirm or revert', migration.id),
    };
  },
  cleared: () => l10n.t('no resize waits for confirm or revert'),
};

/** `server lock` refuses a delete to everybody but an admin: nova/compute/api.py, check_instance_lock (Zed). */
export const locked: Trap<RowSignal> = {
  id: 'locked',
  when: () => ({ suspected: l10n.t('the instance is locked') }),
  check({ row }) {
    if (!row.locked) return undefined;
    return { verdict: 'suspected', text: l10n.t('it is locked: somebody protects it from being changed') };
  },
  cleared: () => l10n.t('it is not locked'),
};

/** For the kinds whose rows may hang in a soft delete. */
export const softDeleted: Trap<RowSignal> = {
  id: 'soft-deleted',
  when: () => ({ legitimate: l10n.t('`vm_state` is soft-delete: it may be restored') }),
  check({ row }) {
    if (!isSoftDeleted(row)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'vm_state is soft-delete: it is kept on purpose until Nova reclaims it, and may be restored',
      ),
    };
  },
  cleared: () => l10n.t('it is not soft-deleted to be restored'),
};

const noWish: Trap<RowSignal> = {
  id: 'no-wish',
  when: () => ({ suspected: l10n.t('nothing shows that someone wanted it gone') }),
  check({ row }, dossier, scene) {
    if (wishForRow(row, dossier, scene) !== undefined) return undefined;
    const asked = deleteAskedAt(dossier);
    const text =
      asked === undefined
        ? l10n.t('nothing shows that anyone asked for a delete')
        : l10n.t(
            'a delete was asked at {0}, but the instance changed after it: it may have been restored',
            asked,
          );
    return { verdict: 'suspected', text };
  },
  cleared: ({ row }, dossier, scene) => wishForRow(row, dossier, scene) ?? '',
};

/** Checked by every kind that removes a live row. */
export const liveRowTraps: readonly Trap<RowSignal>[] = [
  hiddenCopy,
  twoLiveRows,
  resizeUnconfirmed,
  locked,
  noWish,
];
