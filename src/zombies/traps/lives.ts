import * as l10n from '@vscode/l10n';
import type { Trap, Signal } from '../declaration';
import { liveRows } from '../rows';
import { hiddenCopy, resizeUnconfirmed, twoLiveRows, type RowSignal } from './liveRow';

/** A repair at somebody's machine is never beyond doubt. */
export const instanceLives: Trap<Signal> = {
  id: 'instance-lives',
  when: () => ({ suspected: l10n.t('a cell has a live row: the instance itself is to stay as it is') }),
  check(_signal, dossier) {
    if (liveRows(dossier).length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the instance is live: it stays, and only what is named here may be mended'),
    };
  },
  cleared: () => l10n.t('no cell has a live row'),
};

export const taskRunning: Trap<RowSignal> = {
  id: 'task-running',
  when: () => ({ unknown: l10n.t('a task has not ended') }),
  check({ row }) {
    if (row.taskState === null) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('a task was begun and has not ended: task_state is {0}', row.taskState),
    };
  },
  cleared: () => l10n.t('no task is running'),
};

/** The row is one, it is the instance, and nothing moves. */
export const restingRowTraps: readonly Trap<RowSignal>[] = [
  hiddenCopy,
  twoLiveRows,
  resizeUnconfirmed,
  taskRunning,
];

/** Checked by the kinds that mend something at a live row, and never remove it. */
export const mendTraps: readonly Trap<RowSignal>[] = [...restingRowTraps, instanceLives];
