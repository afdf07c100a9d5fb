import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { proof } from '../proof';
import { noRemedy } from '../remedies';
import { liveRows } from '../rows';
import { commonTraps } from '../traps/common';

/** One row is hidden at any time of a resize across cells: nova/conductor/tasks/cross_cell_migrate.py (Zed). */
const hiddenCopy: Trap<Signal> = {
  id: 'hidden-copy',
  when: () => ({ legitimate: l10n.t('all rows but one are hidden: it is resized across cells') }),
  check(_signal, dossier) {
    if (shown(dossier) !== 1) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'all rows but one are hidden: it is resized across cells, and `resize confirm` or `revert` ends it',
      ),
    };
  },
  cleared: (_signal, dossier) =>
    l10n.t('{0} rows are not hidden: no resize across cells leaves it so', shown(dossier)),
};

const undecided: Trap<Signal> = {
  id: 'undecided',
  when: () => ({
    unknown: l10n.t('more rows than one are shown, or none: which is the instance is not known'),
  }),
  check(_signal, dossier) {
    if (shown(dossier) === 1) return undefined;
    const cell = dossier.mapping?.cell ?? 'NULL';
    return {
      verdict: 'unknown',
      text: l10n.t('which row is the instance is not known: the API goes by the mapping, cell {0}', cell),
    };
  },
  cleared: () => l10n.t('one row is shown: it is the instance'),
};

function shown(dossier: Parameters<typeof liveRows>[0]): number {
  return liveRows(dossier).filter(({ hidden }) => !hidden).length;
}

/** Either row may be the customer's machine: nothing of it is ever removed by a plan. */
export const instanceInTwoCells = declareKind<Signal>({
  id: 'instance-in-two-cells',
  needs: ['api-database', 'cell'],
  thresholds: [],
  about: () => ({
    signal: l10n.t('Live rows of one UUID in more cells than one.'),
    causes: l10n.t(
      'A resize across cells that waits or broke off, a cell database restored from a backup, or a row copied by hand.',
    ),
    fixes: l10n.t(
      'Confirm or revert the resize (`openstack server resize confirm`, `revert`). Otherwise look on the hosts of both rows for the domain and its disks; the API goes by `instance_mappings`. Nothing is drafted.',
    ),
  }),
  traps: [...commonTraps, hiddenCopy, undecided],
  candidate: ({ liveRows: live }) => live.length > 1,
  signal(dossier, scene) {
    const live = liveRows(dossier);
    if (live.length < 2) return l10n.t('no two cells have a live row of it');
    return {
      why: l10n.t('{0} cells have a live row of it', live.length),
      evidence: proof(dossier, scene),
    };
  },
  // Never confirmed nor suspected: these are not asked for.
  ladder: () => [],
  remedy: () => noRemedy,
});
