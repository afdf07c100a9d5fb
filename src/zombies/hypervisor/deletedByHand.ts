import * as l10n from '@vscode/l10n';
import type { InstanceRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { isOlder, latest } from '../ages';
import { cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { novaHasIt } from '../traps/novaHasIt';
import { proof } from '../proof';
import { finishDelete, repairOf } from '../repairs';
import { isDeletedByHand, liveRows } from '../rows';
import { listed } from '../words';

interface HandSignal extends Signal {
  readonly broken: readonly InstanceRow[];
}

const machineLeft: Trap<HandSignal> = {
  id: 'machine-left',
  when: () => ({
    unknown: l10n.t('a domain of it is on a host: whether it was to go is not known'),
    suspected: l10n.t('a directory of it is on a host'),
  }),
  check(_signal, { domains, directories }) {
    if (domains.length > 0) {
      return {
        verdict: 'unknown',
        text: l10n.t(
          'its domain is on {0}: settle first what becomes of it',
          listed(domains.map(({ host }) => host)),
        ),
      };
    }
    if (directories.length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'a directory of it is on {0}: Nova did not clean up',
        listed(directories.map(({ host }) => host)),
      ),
    };
  },
  cleared: () => l10n.t('no domain and no directory of it is on a host that was read'),
};

const livesToo: Trap<HandSignal> = {
  id: 'lives-too',
  when: () => ({ unknown: l10n.t('another cell has a live row of it') }),
  check(_signal, dossier) {
    if (liveRows(dossier).length === 0) return undefined;
    return { verdict: 'unknown', text: l10n.t('another cell has a live row of it') };
  },
  cleared: () => l10n.t('no cell has a live row'),
};

/** Archiving copies a row and removes it in one transaction: nova/db/main/api.py, _archive_deleted_rows_for_table (Zed). */
const archiving: Trap<HandSignal> = {
  id: 'archiving',
  when: () => ({ unknown: l10n.t('`shadow_instances` of the same cell has the row too') }),
  check({ broken }, { shadowCells }) {
    if (!broken.some(({ cell }) => shadowCells.includes(cell))) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('the row is in shadow_instances too: it is being archived, or that broke off'),
    };
  },
  cleared: () => l10n.t('it is not being archived'),
};

const handAtWork: Trap<HandSignal> = {
  id: 'hand-at-work',
  when: () => ({ legitimate: l10n.t('the row changed a short time ago: whoever does this may not be done') }),
  check({ broken }, _dossier, scene) {
    const minutes = scene.thresholds.deletingMinutes;
    if (broken.every((row) => isQuiet(row, minutes, scene))) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('the row changed less than {0} minutes ago: whoever does this may not be done', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('the row did not change for {0} minutes', scene.thresholds.deletingMinutes),
};

function isQuiet({ createdAt, updatedAt, deletedAt }: InstanceRow, minutes: number, scene: Scene): boolean {
  return isOlder(latest([createdAt, updatedAt, deletedAt]), minutes, scene);
}

/** Marked as deleted, but not as Nova does it: what Nova itself looks for does not find it. */
export const deletedByHand = declareKind<HandSignal>({
  id: 'deleted-by-hand',
  needs: ['api-database', 'cell', 'host'],
  signs: ['deleted-by-hand'],
  thresholds: ['deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `instances` whose `deleted` is neither 0 nor its id, or that is deleted and has no `deleted_at`.',
    ),
    causes: l10n.t(
      'Somebody wrote `deleted = 1` by hand, as many guides say; Nova writes the id of the row (oslo.db, SoftDeleteMixin), and marks what hangs on it.',
    ),
    fixes: l10n.t(
      'Nova has none: its reaper asks for `deleted = id` (nova/db/main/api.py, instance_get_all_by_filters_sort), and `archive_deleted_rows --before` for `deleted_at`. SQL finishes what was begun: deleted = id, deleted_at, and the same for the rows that hang on it; tags and console tokens are deleted (instance_destroy). Shares are not Nova’s to mark: `share-left-behind` shows them next.',
    ),
  }),
  traps: [...commonTraps, novaHasIt, livesToo, cellDoubtful, machineLeft, archiving, handAtWork],
  signal(dossier, scene) {
    const broken = dossier.rows.filter(isDeletedByHand);
    const [first] = broken;
    if (first === undefined) {
      return dossier.rows.some(({ deleted }) => deleted !== 0)
        ? l10n.t('its row is marked as deleted as Nova does it')
        : l10n.t('no cell has a soft-deleted row of it');
    }
    const since = latest([first.deletedAt, first.updatedAt]);
    return {
      broken,
      why: l10n.t(
        'its row is marked as deleted by hand: deleted is {0} and its id {1}, deleted_at is {2}',
        first.deleted,
        first.id,
        first.deletedAt ?? 'NULL',
      ),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: () => [
    { title: l10n.t('Nova has no fix: what it looks for does not find this row') },
    { title: l10n.t('SQL: finish it as Nova does, with the rows that hang on it') },
    {
      title: l10n.t('then archive it with the others'),
      command: 'nova-manage db archive_deleted_rows --until-complete',
    },
  ],
  remedy: ({ broken }, dossier) => repairOf(finishDelete(dossier, broken), true),
});
