import * as l10n from '@vscode/l10n';
import type { Dossier, Glimpse } from '../../model/dossier';
import type { Domain, InstanceRow, LiveRow } from '../../model/facts';
import { sightingKey } from '../../model/scene';
import type { ManualStep } from '../../model/suspect';
import { isOlder } from '../ages';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import type { RowSignal } from '../traps/liveRow';
import { mendTraps } from '../traps/lives';
import { powerStateName, powerStateOf } from '../powerState';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, isSoftDeleted, liveRows, stateOf } from '../rows';

interface PowerSignal extends RowSignal {
  readonly domain: Domain;
}

/** nova.conf, sync_power_state_interval = 600; the guest may have been shut down a moment ago. */
const syncDue: Trap<PowerSignal> = {
  id: 'sync-due',
  when: () => ({
    legitimate: l10n.t('the row changed a short time ago'),
    suspected: l10n.t('no earlier scan saw it that long ago'),
  }),
  check({ row, since }, _dossier, scene) {
    const minutes = scene.thresholds.powerStateMinutes;
    if (!isOlder(row.updatedAt ?? row.createdAt, minutes, scene)) {
      return {
        verdict: 'legitimate',
        text: l10n.t('the row changed less than {0} minutes ago: nova-compute compares every 600 s', minutes),
      };
    }
    if (isOlder(since, minutes, scene)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'it is not known to differ for {0} minutes: nova-compute compares every 600 s, scan again after that time',
        minutes,
      ),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('it differs for more than {0} minutes', scene.thresholds.powerStateMinutes),
};

/** The one domain of it, on its own host, where its state is not that of the row. */
function differing(row: LiveRow, { domains }: Pick<Glimpse, 'domains'>): Domain | undefined {
  const [domain] = domains;
  if (domain === undefined || domains.length > 1 || domain.host !== hostOf(row)) return undefined;
  if (row.powerState === null || row.vmState === 'building') return undefined;
  if (isBeingDeleted(row) || isSoftDeleted(row)) return undefined;
  return powerStateOf(domain.state) === row.powerState ? undefined : domain;
}

function reasonFor(row: InstanceRow, { domains }: Dossier): string {
  const [domain] = domains;
  if (domain === undefined || domains.length > 1 || domain.host !== hostOf(row)) {
    return l10n.t('there is no single domain of it on its own host');
  }
  if (row.powerState === null) return l10n.t('power_state is NULL');
  return powerStateOf(domain.state) === row.powerState
    ? l10n.t('the domain is as the row says: {0}', powerStateName(row.powerState))
    : l10n.t('no power state is due: {0}', stateOf(row));
}

/**
 * nova/compute/api.py (Zed): stop is for active and error, start for stopped alone, so neither is taken in the state that
 * the domain is not in; and start would kill a domain that runs (nova/virt/libvirt/driver.py, power_on).
 */
function waysOut({ vmState }: InstanceRow, uuid: string): readonly ManualStep[] {
  if (vmState === 'stopped') {
    return [
      {
        command: `openstack server set --state active ${uuid}`,
        why: l10n.t(
          'its domain is not stopped: let Nova know, for it refuses to stop what it has as stopped',
        ),
      },
      {
        command: `openstack server stop ${uuid}`,
        why: l10n.t('Nova had it as stopped; only when it is not to run'),
      },
    ];
  }
  return [
    {
      command: `openstack server reboot --hard ${uuid}`,
      why: l10n.t(
        'Nova has it as {0}: starts its domain anew; when it is to be off, `openstack server stop` instead',
        vmState ?? 'NULL',
      ),
    },
  ];
}

/** Nova and the hypervisor disagree on whether it runs. */
export const powerStateDiffers = declareKind<PowerSignal>({
  id: 'power-state-differs',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['powerStateMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with its one domain on its own host, in a state that is another one than `power_state` says. Not while it is built or deleted.',
    ),
    causes: l10n.t(
      'The guest was shut down, or the domain was stopped or started by hand, and nova-compute does not compare: it is down, hangs, or `sync_power_state_interval` is negative.',
    ),
    fixes: l10n.t(
      'Wait, or restart nova-compute: it takes the state of the domain for the true one, and stops what `vm_state` says is stopped (nova/compute/manager.py, _sync_instance_power_state). Or `server reboot --hard`, which starts it anew; what Nova has as stopped is refused a stop, and is set to active first. Nothing is ever removed.',
    ),
  }),
  traps: [...commonTraps, ...mendTraps, syncDue],
  candidate: (glimpse, scene) =>
    glimpse.liveRows.some(
      (row) =>
        row.taskState === null &&
        differing(row, glimpse) !== undefined &&
        isOlder(row.updatedAt ?? row.createdAt, scene.thresholds.powerStateMinutes, scene),
    ),
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    const domain = differing(row, dossier);
    if (domain === undefined) return reasonFor(row, dossier);
    const since = scene.sightings.get(sightingKey(dossier.uuid, 'power-state-differs'))?.first;
    return {
      row,
      domain,
      host: domain.host,
      why: l10n.t(
        'Nova says {0} ({1}), and its domain on {2} is: {3}',
        powerStateName(row.powerState ?? 0),
        stateOf(row),
        domain.host,
        domain.state,
      ),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: ({ row, host }, { uuid }) => [
    {
      title: l10n.t('restart nova-compute on {0}: it compares when it starts, and every 600 s', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
    ...waysOut(row, uuid).map(({ why, command }) => ({ title: why, command })),
  ],
  remedy: ({ row }, { uuid }) => ({
    wanted: false,
    depth: 'none',
    depths: ['none'],
    domains: [],
    directories: [],
    manual: waysOut(row, uuid),
  }),
});
