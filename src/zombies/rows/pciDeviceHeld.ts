import * as l10n from '@vscode/l10n';
import type { PciDevice } from '../../model/facts';
import { cellSourceId } from '../../model/source';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { whyNotGone } from '../gone';
import { isRead } from '../places';
import { proof, seen } from '../proof';
import { repairOf } from '../repairs';
import { commonTraps } from '../traps/common';
import { goneTraps } from '../traps/gone';
import { wishForGone } from '../wish';
import { listed } from '../words';

interface DeviceSignal extends Signal {
  readonly held: readonly PciDevice[];
}

/** nova/objects/fields.py, PciDeviceStatus (Zed): in all others an instance has no device. */
const held: ReadonlySet<string> = new Set(['claimed', 'allocated']);

const deviceHostUnread: Trap<DeviceSignal> = {
  id: 'device-host-unread',
  when: () => ({
    unknown: l10n.t('the host of the device was not read: a domain there may use it'),
    suspected: l10n.t('the compute node of the device is gone'),
  }),
  check({ held: devices }, _dossier, scene) {
    const unread = devices.flatMap(({ host }) => (host === null || isRead(host, scene) ? [] : [host]));
    if (unread.length > 0) {
      return {
        verdict: 'unknown',
        text: l10n.t('whether a domain uses the device is not known: {0} was not read', listed(unread)),
      };
    }
    if (devices.every(({ host }) => host !== null)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('its compute node is gone: which host has the device is not known'),
    };
  },
  cleared: () => l10n.t('the host of the device was read, and no domain there uses it'),
};

/** A device of a host that an instance holds beyond its end. */
export const pciDeviceHeld = declareKind<DeviceSignal>({
  id: 'pci-device-held',
  needs: ['api-database', 'cell', 'host'],
  signs: ['pci-device-held'],
  thresholds: ['strayMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `pci_devices` that is allocated or claimed by an instance without a live row, and no host has a domain of it.',
    ),
    causes: l10n.t(
      'The host’s nova-compute was down while the instance was deleted or evacuated, or a move broke off (bug 1899541).',
    ),
    fixes: l10n.t(
      'A running nova-compute frees it with its next update of resources (nova/compute/resource_tracker.py, clean_usage), or after a restart. SQL detaches it: the row is inventory of the host and is never deleted (nova/objects/pci_device.py, free).',
    ),
  }),
  traps: [...commonTraps, ...goneTraps, deviceHostUnread],
  signal(dossier, scene) {
    const devices = dossier.pciDevices.filter(({ status }) => held.has(status));
    const [first] = devices;
    if (first === undefined) return l10n.t('it holds no PCI device');
    const reason = whyNotGone(dossier);
    if (reason !== undefined) return reason;
    return {
      held: devices,
      why: l10n.t('{0} PCI devices are held by it, and no cell has a live row of it', devices.length),
      evidence: [
        ...devices.map(({ cell, address, status, host }) =>
          seen(
            cellSourceId(cell),
            l10n.t('pci_devices: {0} on {1} is {2}', address, host ?? 'NULL', status),
            scene,
          ),
        ),
        ...proof(dossier, scene),
      ],
      ...(first.host === null ? {} : { host: first.host }),
    };
  },
  ladder: ({ host }) => [
    {
      title: l10n.t(
        'restart nova-compute on {0}: it frees what no instance and no migration holds',
        host ?? '',
      ),
      command: 'systemctl restart nova-compute',
    },
    { title: l10n.t('SQL, while nova-compute there is stopped: detach the device, which stays inventory') },
  ],
  remedy: ({ held: devices }, dossier) =>
    repairOf(
      [...new Set(devices.map(({ cell }) => cell))].map((cell) => ({
        do: 'remove-rows',
        cell,
        table: 'pci_devices',
      })),
      wishForGone(dossier) !== undefined,
    ),
});
