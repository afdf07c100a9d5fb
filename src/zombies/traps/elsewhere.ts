import * as l10n from '@vscode/l10n';
import type { Domain } from '../../model/facts';
import { isOlder, latest } from '../ages';
import type { Trap } from '../declaration';
import { unconfirmedResizes } from '../migrations';
import { listed } from '../words';
import type { RowSignal } from './liveRow';

/** A live row, and domains of it on hosts that it does not name. */
export interface ElsewhereSignal extends RowSignal {
  readonly strays: readonly Domain[];
  /** the host that the row names; absent when it names none */
  readonly home?: string;
}

function placesOf({ strays }: ElsewhereSignal): string {
  return listed(strays.map(({ host }) => host));
}

/** The source keeps its domain, shut off, until the confirm (nova/virt/libvirt/driver.py, _cleanup_resize, Zed). */
const resizeWaits: Trap<ElsewhereSignal> = {
  id: 'resize-waits',
  when: () => ({ legitimate: l10n.t('`vm_state` is resized, or a migration is `finished`') }),
  check(signal, dossier) {
    if (signal.row.vmState !== 'resized' && unconfirmedResizes(dossier).length === 0) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'a resize waits for confirm or revert: the domain on {0} is its other half',
        placesOf(signal),
      ),
    };
  },
  cleared: () => l10n.t('no resize waits for confirm or revert'),
};

/** Until nova-compute of the source starts (nova/compute/manager.py, _destroy_evacuated_instances, Zed). */
const evacuated: Trap<ElsewhereSignal> = {
  id: 'evacuated',
  when: () => ({
    legitimate: l10n.t('an evacuation from that host is `done`: its nova-compute has not started since'),
  }),
  check({ strays }, { migrations }) {
    const source = strays.find(({ host }) =>
      migrations.some(
        ({ type, status, sourceCompute }) =>
          type === 'evacuation' && status === 'done' && sourceCompute === host,
      ),
    );
    if (source === undefined) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'it was evacuated from {0}: nova-compute there destroys this copy when it starts; never start the copy itself',
        source.host,
      ),
    };
  },
  cleared: () => l10n.t('no evacuation from there waits for its nova-compute'),
};

/** Hosts are read before the rows: what moved in between shows on both sides, or on the wrong one. */
const settling: Trap<ElsewhereSignal> = {
  id: 'settling',
  when: () => ({ legitimate: l10n.t('its row or a migration of it changed a short time ago') }),
  check({ row }, { migrations }, scene) {
    const minutes = scene.thresholds.strayMinutes;
    const changed = latest([row.createdAt, row.updatedAt, ...migrations.map(({ updatedAt }) => updatedAt)]);
    if (isOlder(changed, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it changed less than {0} minutes ago: it may still be on its way', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('nothing about it changed for {0} minutes', scene.thresholds.strayMinutes),
};

const homeless: Trap<ElsewhereSignal> = {
  id: 'homeless',
  when: () => ({ unknown: l10n.t('the row names no host') }),
  check(signal) {
    if (signal.home !== undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('the row is live and names no host, but a domain is on {0}', placesOf(signal)),
    };
  },
  cleared: () => l10n.t('the row names a host'),
};

/** What explains a domain where the row does not have it. */
export const elsewhereTraps: readonly Trap<ElsewhereSignal>[] = [resizeWaits, evacuated, settling, homeless];
