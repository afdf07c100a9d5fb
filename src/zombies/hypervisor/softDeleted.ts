import * as l10n from '@vscode/l10n';
import { isOlder, latest } from '../ages';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { liveRowTraps, type RowSignal } from '../traps/liveRow';
import { taskRunning } from '../traps/lives';
import { proof } from '../proof';
import { liveRowSteps } from '../remedies';
import { hostOf, isSoftDeleted, liveRows, stateOf } from '../rows';
import { wishForRow } from '../wish';
import { listed } from '../words';

const restorable: Trap<RowSignal> = {
  id: 'restorable',
  when: () => ({ legitimate: l10n.t('it was soft-deleted not long ago: deferred delete is a feature') }),
  check({ since }, _dossier, scene) {
    const minutes = scene.thresholds.softDeletedMinutes;
    if (isOlder(since, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was soft-deleted less than {0} minutes ago, and may be restored', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('its owner had {0} minutes to restore it', scene.thresholds.softDeletedMinutes),
};

const diskKept: Trap<RowSignal> = {
  id: 'disk-kept',
  when: () => ({ suspected: l10n.t('it has a domain, a directory or a volume: it can still be restored') }),
  check(_signal, { domains, directories, volumes }) {
    const places = [...domains, ...directories].map(({ host }) => host);
    if (places.length > 0) {
      return {
        verdict: 'suspected',
        text: l10n.t('it can still be restored: what it needs is on {0}', listed([...new Set(places)])),
      };
    }
    return volumes.length > 0
      ? {
          verdict: 'suspected',
          text: l10n.t('it can still be restored: it has volumes, {0} of them', volumes.length),
        }
      : undefined;
  },
  cleared: () => l10n.t('no domain, directory or volume of it is left to be restored'),
};

/** A deferred delete that Nova never ends: reclaim_instance_interval is 0 by default, or its nova-compute is gone. */
export const softDeleted = declareKind<RowSignal>({
  id: 'soft-deleted',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['softDeletedMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t('A live row in `vm_state` soft-delete, for a long time.'),
    causes: l10n.t(
      'It was deleted while `reclaim_instance_interval` was set, and that is 0 now, or nova-compute of its host does not run (nova/compute/manager.py, _reclaim_queued_deletes).',
    ),
    fixes: l10n.t(
      '`server restore` brings it back, `server delete --force` ends it (nova/compute/api.py, restore and force_delete). Or set `reclaim_instance_interval` for a while: nova-compute then deletes what is older. No SQL is offered.',
    ),
  }),
  traps: [...commonTraps, ...liveRowTraps, taskRunning, restorable, diskKept],
  candidate: ({ liveRows: rows }, scene) =>
    rows.some(
      (row) =>
        isSoftDeleted(row) &&
        isOlder(latest([row.deletedAt, row.updatedAt]), scene.thresholds.softDeletedMinutes, scene),
    ),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [first] = live;
    if (first === undefined) return l10n.t('there is no live row');
    const row = live.find(isSoftDeleted);
    if (row === undefined) return l10n.t('it is not soft-deleted: {0}', stateOf(first));
    const since = latest([row.deletedAt, row.updatedAt]);
    const host = hostOf(row);
    return {
      row,
      ...(host === undefined ? {} : { host }),
      ...(since === undefined ? {} : { since }),
      why: l10n.t('it is soft-deleted since {0}, and Nova has not reclaimed it', since ?? 'NULL'),
      evidence: proof(dossier, scene),
    };
  },
  ladder: (_signal, { uuid }) => [
    { title: l10n.t('its owner wants it back'), command: `openstack server restore ${uuid}` },
    {
      title: l10n.t(
        'reclaim_instance_interval in nova.conf of its host: nova-compute deletes what is older by itself',
      ),
    },
    { title: l10n.t('nobody wants it back'), command: `openstack server delete --force ${uuid}` },
  ],
  remedy({ row }, dossier, scene) {
    const { uuid } = dossier;
    const wanted = wishForRow(row, dossier, scene) !== undefined;
    const rest = { wanted, domains: [], directories: [] };
    const byHand = {
      command: `openstack server delete --force ${uuid}`,
      why: l10n.t('when its owner does not want it back; otherwise `openstack server restore` instead of it'),
      depths: ['none'],
    } as const;
    if (scene.apis !== true) return { ...rest, depth: 'none', depths: ['none'], manual: [byHand] };
    const requests = liveRowSteps(dossier, scene, [{ do: 'force-delete-server', id: uuid }]);
    return {
      ...rest,
      depth: wanted ? 'api' : 'none',
      depths: wanted ? ['api', 'none'] : ['none', 'api'],
      manual: [byHand, ...requests.filter(({ depths }) => depths?.includes('api'))],
    };
  },
});
