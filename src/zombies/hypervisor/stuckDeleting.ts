import * as l10n from '@vscode/l10n';
import type { InstanceRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { isOlder } from '../ages';
import { commonTraps } from '../traps/common';
import { declareKind, type Trap } from '../declare';
import { liveRowTraps, softDeleted, type RowSignal } from '../traps/liveRow';
import { isLibvirt, relatedHosts } from '../places';
import { proof } from '../proof';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { listed } from '../words';

const domainElsewhere: Trap<RowSignal> = {
  id: 'domain-elsewhere',
  when: () => ({ suspected: l10n.t('a domain is on another host than the row names') }),
  check({ row }, dossier) {
    const elsewhere = dossier.domains.filter(({ host }) => host !== row.host).map(({ host }) => host);
    if (elsewhere.length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the row names {0}, but a domain is on {1}', row.host ?? 'NULL', listed(elsewhere)),
    };
  },
  cleared: () => l10n.t('no domain is on another host than the row names'),
};

const notLibvirt: Trap<RowSignal> = {
  id: 'not-libvirt',
  when: () => ({
    suspected: l10n.t('a host of it has no libvirt: whether the machine is gone cannot be seen'),
  }),
  check(_signal, dossier, scene) {
    const others = relatedHosts(dossier, scene).filter((host) => !isLibvirt(scene.hosts.get(host)));
    if (others.length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('whether the machine is gone cannot be seen: no libvirt on {0}', listed(others)),
    };
  },
  cleared: () => l10n.t('its hosts run libvirt'),
};

function since(row: InstanceRow): string | null {
  return row.updatedAt ?? row.createdAt;
}

function isStuck(row: InstanceRow, scene: Scene): boolean {
  return (
    hostOf(row) !== undefined &&
    isBeingDeleted(row) &&
    isOlder(since(row), scene.thresholds.deletingMinutes, scene)
  );
}

/** A delete that was begun and never finished: kinds 7 and 15 of Nova's life cycle. */
export const stuckDeleting = declareKind<RowSignal>({
  id: 'stuck-deleting',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with a host, `task_state` deleting or `vm_state` deleted, not updated for a while. A row without a host is `instance-without-host`.',
    ),
    causes: l10n.t(
      'nova-compute was down or restarted during the delete, or the delete failed in the driver, Neutron or Cinder.',
    ),
    fixes: l10n.t(
      'Restart nova-compute, which finishes deletes when it starts (nova/compute/manager.py, _init_instance). Or set the state to error, because the API ignores a second delete while deleting (nova/compute/api.py, _delete), and delete again. SQL marks the row as Nova does, and the plan takes its domain and its directories along: for when the API or nova-compute cannot.',
    ),
  }),
  traps: [...commonTraps, ...liveRowTraps, softDeleted, domainElsewhere, notLibvirt],
  candidate: (glimpse, scene) => glimpse.liveRows.some((row) => isStuck(row, scene)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [first] = live;
    if (first === undefined) return l10n.t('there is no live row');
    const row = live.find((each) => isBeingDeleted(each) && hostOf(each) !== undefined);
    if (row === undefined) {
      return live.some(isBeingDeleted)
        ? l10n.t('it is being deleted, but names no host')
        : l10n.t('no delete was begun: {0}', stateOf(first));
    }
    const begun = since(row) ?? undefined;
    if (!isStuck(row, scene)) {
      return l10n.t(
        'a delete is under way since {0}; it counts as stuck after {1} minutes',
        begun ?? 'NULL',
        scene.thresholds.deletingMinutes,
      );
    }
    const host = hostOf(row) ?? '';
    return {
      row,
      host,
      why:
        dossier.domains.length > 0
          ? l10n.t(
              'a delete was begun and not finished since {0}: the row is still live, and so is the domain',
              begun ?? 'NULL',
            )
          : l10n.t('a delete was begun and not finished since {0}: the row is still live', begun ?? 'NULL'),
      evidence: proof(dossier, scene),
      ...(begun === undefined ? {} : { since: begun }),
    };
  },
  ladder: ({ host }, { uuid }) => [
    {
      title: l10n.t('restart nova-compute on {0}: it finishes deletes when it starts', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
    {
      title: l10n.t('take it out of deleting (a second delete is ignored there)'),
      command: `openstack server set --state error ${uuid}`,
    },
    { title: l10n.t('then delete it again'), command: `openstack server delete ${uuid}` },
    { title: l10n.t('SQL, when the API or nova-compute cannot: mark the row as Nova does') },
  ],
  remedy: (_signal, dossier, scene) => ({
    wanted: true,
    ...liveRowWays(scene),
    domains: dossier.domains,
    directories: distinct(dossier.directories, scene),
    manual: liveRowSteps(dossier, scene, [
      { do: 'reset-state', id: dossier.uuid, state: 'error' },
      { do: 'delete-server', id: dossier.uuid },
    ]),
  }),
});
