import * as l10n from '@vscode/l10n';
import type { LiveRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { Rung } from '../../model/suspect';
import { isOlder, latest } from '../ages';
import { buildingNow } from '../traps/building';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { liveRowTraps, type RowSignal } from '../traps/liveRow';
import { notLibvirt } from '../traps/notLibvirt';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { listed } from '../words';
import { deletionOf } from './buildRemedy';

/** nova-compute may have gone away between the start of the domain and the last write to the row. */
const machineMade: Trap<RowSignal> = {
  id: 'machine-made',
  when: () => ({
    unknown: l10n.t('a domain of it is on any host, or a directory is and the row names no host'),
  }),
  check({ row }, { domains, directories }) {
    const places = [...domains, ...(hostOf(row) === undefined ? directories : [])].map(({ host }) => host);
    if (places.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'something of it is on {0}: it may have been built after all',
        listed([...new Set(places)]),
      ),
    };
  },
  cleared: () => l10n.t('it has no domain on any host that was read'),
};

/** A large image takes its time: nova.conf, instance_build_timeout is 0, so Nova itself never ends a build. */
const imageArriving: Trap<RowSignal> = {
  id: 'image-arriving',
  when: () => ({ legitimate: l10n.t('its directory was written to a short time ago') }),
  check(_signal, { directories }, scene) {
    const minutes = scene.thresholds.directoryQuietMinutes;
    if (directories.every(({ modifiedAt }) => isOlder(modifiedAt, minutes, scene))) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'its directory was written to less than {0} minutes ago: its image may be arriving',
        minutes,
      ),
    };
  },
  cleared: () => l10n.t('nothing is being written for it'),
};

function isStuck(row: LiveRow, scene: Scene): boolean {
  const touched = latest([row.createdAt, row.updatedAt]);
  return (
    row.vmState === 'building' &&
    !isBeingDeleted(row) &&
    isOlder(touched, scene.thresholds.buildingMinutes, scene)
  );
}

/** A build that was begun and never ended. */
export const stuckBuilding = declareKind<RowSignal>({
  id: 'stuck-building',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['buildingMinutes', 'directoryQuietMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row in `vm_state` building, with a host or without one, made and last updated a while ago.',
    ),
    causes: l10n.t(
      'nova-conductor, nova-scheduler or nova-compute went away during the build, or its message was lost.',
    ),
    fixes: l10n.t(
      'Restart nova-compute on its host, which sets such builds to error when it starts (nova/compute/manager.py, _init_instance); or set the state to error. Then delete it: the API takes its ports, volumes and allocations along. SQL marks the row as Nova does.',
    ),
  }),
  traps: [...commonTraps, ...liveRowTraps, buildingNow, imageArriving, machineMade, notLibvirt],
  candidate: (glimpse, scene) => glimpse.liveRows.some((row) => !row.hidden && isStuck(row, scene)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [first] = live;
    if (first === undefined) return l10n.t('there is no live row');
    const row = live.find(({ vmState }) => vmState === 'building');
    if (row === undefined) return l10n.t('it is not being built: {0}', stateOf(first));
    if (isBeingDeleted(row)) return l10n.t('it is being deleted');
    const host = hostOf(row);
    return {
      row,
      ...(host === undefined ? {} : { host }),
      why:
        host === undefined
          ? l10n.t('it is being built since {0} and has no host', row.createdAt ?? 'NULL')
          : l10n.t('it is being built on {0} since {1}', host, row.createdAt ?? 'NULL'),
      evidence: proof(dossier, scene),
      ...(row.createdAt === null ? {} : { since: row.createdAt }),
    };
  },
  ladder({ host }, { uuid }) {
    const restart: readonly Rung[] =
      host === undefined
        ? []
        : [
            {
              title: l10n.t(
                'restart nova-compute on {0}: it sets broken builds to error when it starts',
                host,
              ),
              command: 'systemctl restart nova-compute',
            },
          ];
    return [
      ...restart,
      { title: l10n.t('or set it to error by hand'), command: `openstack server set --state error ${uuid}` },
      { title: l10n.t('then delete it'), command: `openstack server delete ${uuid}` },
      { title: l10n.t('SQL, when the API answers with an error: mark the row as Nova does') },
    ];
  },
  remedy: (signal, dossier, scene) =>
    deletionOf(signal, dossier, scene, [
      { do: 'reset-state', id: dossier.uuid, state: 'error' },
      { do: 'delete-server', id: dossier.uuid },
    ]),
});
