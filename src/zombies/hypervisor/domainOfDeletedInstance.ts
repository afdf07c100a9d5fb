import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { isOlder, latest } from '../ages';
import { cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { novaHasIt } from '../traps/novaHasIt';
import { proof } from '../proof';
import { isDeletedByHand, liveRows } from '../rows';
import { listed } from '../words';
import { removalOf, virshRungs, type DomainSignal } from './domainRemoval';

/** nova.conf, running_deleted_instance_poll_interval = 1800: until then nova-compute reaps it by itself. */
const reaperDue: Trap<DomainSignal> = {
  id: 'reaper-due',
  when: () => ({
    legitimate: l10n.t('the row was deleted a short time ago'),
    suspected: l10n.t('the row is deleted and `deleted_at` is empty'),
  }),
  check(_signal, dossier, scene) {
    if (dossier.rows.length === 0) return undefined;
    const minutes = scene.thresholds.runningDeletedMinutes;
    const deletedAt = latest(dossier.rows.map((row) => row.deletedAt));
    if (deletedAt === undefined) {
      return {
        verdict: 'suspected',
        text: l10n.t('when the row was deleted is not known: deleted_at is empty'),
      };
    }
    if (isOlder(deletedAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'it was deleted less than {0} minutes ago: nova-compute reaps the domain by itself',
        minutes,
      ),
    };
  },
  cleared: () => l10n.t('the reaper of nova-compute had its time, or cannot see it'),
};

/** The reaper asks for deleted = id (nova/db/main/api.py, instance_get_all_by_filters_sort, Zed). */
const deletedByHand: Trap<DomainSignal> = {
  id: 'deleted-by-hand',
  when: () => ({ suspected: l10n.t('the row was marked as deleted by hand, and not as Nova does it') }),
  check(_signal, { rows }) {
    if (!rows.some(isDeletedByHand)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the row was marked as deleted by hand: nothing shows that Nova was asked to delete it'),
    };
  },
  cleared: () => l10n.t('no row was marked as deleted by hand'),
};

function whyOf({ rows }: Dossier, hosts: readonly string[]): string {
  return rows.length > 0
    ? l10n.t('the domain is still on {0}, and Nova has deleted the instance', listed(hosts))
    : l10n.t(
        'the domain is still on {0}, and the instance is deleted and archived: Nova never sees it again',
        listed(hosts),
      );
}

/** The hypervisor still has what Nova has deleted. */
export const domainOfDeletedInstance = declareKind<DomainSignal>({
  id: 'domain-of-deleted-instance',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['runningDeletedMinutes'],
  about: () => ({
    signal: l10n.t('A domain, while each row of that UUID is soft-deleted, or was archived.'),
    causes: l10n.t(
      'The row was deleted while the host was down (nova/compute/api.py, _local_delete), or libvirt could not remove the domain.',
    ),
    fixes: l10n.t(
      'Wait for the reaper of nova-compute, which sees the domain only while the soft-deleted row exists (nova/compute/manager.py, _cleanup_running_deleted_instances), or restart nova-compute. Then stop and undefine the domain, with the directory on its host: its XML is saved first. The soft-deleted row stays as it is; rows without a parent are purged along.',
    ),
  }),
  traps: [...commonTraps, novaHasIt, cellDoubtful, reaperDue, deletedByHand],
  candidate: ({ domains, liveRows: rows }) => domains.length > 0 && rows.length === 0,
  signal(dossier, scene) {
    const [first] = dossier.domains;
    if (first === undefined) return l10n.t('no host that was read has a domain of it');
    if (liveRows(dossier).length > 0) return l10n.t('a cell has a live row of it');
    if (dossier.rows.length === 0 && dossier.shadowCells.length === 0) {
      return l10n.t('no cell has a row of it, deleted or archived');
    }
    const since = latest(dossier.rows.map((row) => row.deletedAt));
    return {
      strays: dossier.domains,
      host: first.host,
      why: whyOf(
        dossier,
        dossier.domains.map(({ host }) => host),
      ),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder({ host }, { uuid, rows }) {
    if (rows.length === 0) {
      return [
        {
          title: l10n.t('Nova has no fix: it sees a leftover domain only while the soft-deleted row exists'),
        },
        ...virshRungs(uuid),
      ];
    }
    return [
      {
        title: l10n.t(
          'wait for nova-compute on {0}: it reaps deleted instances every 1800 s (running_deleted_instance_action = reap)',
          host ?? '',
        ),
      },
      { title: l10n.t('restart nova-compute on {0}', host ?? ''), command: 'systemctl restart nova-compute' },
      ...virshRungs(uuid),
    ];
  },
  remedy: ({ strays }, dossier, scene) => removalOf(strays, dossier, scene),
});
