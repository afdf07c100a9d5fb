import * as l10n from '@vscode/l10n';
import type { PlanHeader } from '../../model/plan';
import type { PlanSummary } from './summary';

/** True when a run of such a plan can be taken back by one of its own. */
export function hasWayBack(purpose: PlanHeader['purpose']): boolean {
  return purpose === 'cleanup' || purpose === 'history';
}

/** What a run leaves that can be undone, by whom, and what can not, in sentences that are true of this run. */
export function wayBackOf(
  { rows, directories, domains, requests }: PlanSummary,
  purpose: PlanHeader['purpose'] = 'cleanup',
): string[] {
  if (purpose === 'restore') {
    return [l10n.t('A restore has no way back of its own: run the cleanup plan again.')];
  }
  const active = domains.filter((domain) => domain.active).length;
  const deleted = directories
    .filter(({ then }) => then === 'delete' || then === 'purge')
    .reduce((sum, { count }) => sum + count, 0);
  const irreversible = [
    ...(active > 0 ? [l10n.t('memory of domains that are not shut off: {0}', active)] : []),
    ...(deleted > 0 ? [l10n.t('deleted directories: {0}', deleted)] : []),
    ...(requests > 0 ? [l10n.t('requests to the OpenStack APIs: {0}', requests)] : []),
  ];
  if (irreversible.length + domains.length === 0) {
    return [l10n.t('Everything can be undone with the restore script of the run.')];
  }
  const restorable = rows.size > 0 || directories.some(({ then }) => then === 'quarantine');
  return [
    ...(irreversible.length > 0 ? [l10n.t('Irreversible: {0}', irreversible.join('; '))] : []),
    ...(domains.length > 0
      ? [
          l10n.t(
            'Domains come back only by hand, from the XML that the run saves, and without what libvirt knows of saved memory and snapshots.',
          ),
        ]
      : []),
    ...(restorable
      ? [l10n.t('Rows and quarantined directories can be brought back with the restore script of the run.')]
      : []),
  ];
}
