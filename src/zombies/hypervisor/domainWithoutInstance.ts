import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Domain } from '../../model/facts';
import { isOlder, latest } from '../ages';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { declareKind, type Signal, type Trap } from '../declare';
import { unconfirmedResizes } from '../migrations';
import { proof } from '../proof';
import { distinct, purgeOf } from '../remedies';
import { hostOf, liveRows } from '../rows';
import { wishForGone } from '../wish';
import { listed } from '../words';

interface DomainSignal extends Signal {
  /** domains on hosts that no live row names */
  readonly strays: readonly Domain[];
}

/** Until a later release mends it, a live instance whose domain is elsewhere is only told about. */
const livesElsewhere: Trap<DomainSignal> = {
  id: 'lives-elsewhere',
  when: () => ({
    legitimate: l10n.t(
      'a live row names another host and this is its only domain: it is the instance itself; or a resize waits for confirm',
    ),
    unknown: l10n.t('a live row names another host and a domain is there too, or the row names no host'),
  }),
  check({ strays }, dossier) {
    const [row] = liveRows(dossier);
    if (row === undefined) return undefined;
    const host = hostOf(row);
    const places = listed(strays.map((domain) => domain.host));
    if (unconfirmedResizes(dossier).length > 0) {
      return {
        verdict: 'legitimate',
        text: l10n.t('a resize waits for confirm or revert: the domain on {0} is its other half', places),
      };
    }
    if (host === undefined) {
      return {
        verdict: 'unknown',
        text: l10n.t('the row is live and names no host, but a domain is on {0}', places),
      };
    }
    if (strays.length === dossier.domains.length && strays.length === 1) {
      return {
        verdict: 'legitimate',
        text: l10n.t(
          'the only domain of a live instance is on {0}, while its row names {1}: it is the instance itself',
          places,
          host,
        ),
      };
    }
    return {
      verdict: 'unknown',
      text: l10n.t(
        'the row names {0}, and a domain is on {1}: never start a stale copy, two writers destroy the disk',
        host,
        places,
      ),
    };
  },
  cleared: () => l10n.t('no cell has a live row'),
};

const madeByHand: Trap<DomainSignal> = {
  id: 'made-by-hand',
  when: () => ({ legitimate: l10n.t('no metadata of Nova in it, and no database knows the UUID') }),
  check({ strays }, dossier) {
    if (strays.some(({ nova }) => nova !== undefined) || isKnown(dossier)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it has no metadata of Nova and no database knows it: it was made by hand'),
    };
  },
  cleared: () => l10n.t('it was not made by hand: Nova knows it, or left its metadata in it'),
};

function isKnown(dossier: Dossier): boolean {
  const { rows, shadowCells, mapping, leftovers, allocations, deleteActions } = dossier;
  return (
    mapping !== undefined ||
    [rows, shadowCells, leftovers, allocations, deleteActions].some(({ length }) => length > 0)
  );
}

/** nova.conf, running_deleted_instance_poll_interval = 1800: until then nova-compute reaps it by itself. */
const reaperDue: Trap<DomainSignal> = {
  id: 'reaper-due',
  when: () => ({
    legitimate: l10n.t('the row was deleted a short time ago'),
    suspected: l10n.t('the row is deleted and `deleted_at` is empty'),
  }),
  check(_signal, dossier, scene) {
    if (dossier.rows.length === 0 || liveRows(dossier).length > 0) return undefined;
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

function whyOf(dossier: Dossier, hosts: readonly string[]): string {
  const places = listed(hosts);
  if (liveRows(dossier).length > 0) return l10n.t('a domain is on {0}, where no live row has it', places);
  if (dossier.rows.length > 0) {
    return l10n.t('the domain is still on {0}, and Nova has deleted the instance', places);
  }
  if (dossier.shadowCells.length > 0) {
    return l10n.t(
      'the domain is still on {0}, and the instance is deleted and archived: Nova never sees it again',
      places,
    );
  }
  return l10n.t('the domain is on {0}, and no cell has a row of it', places);
}

/** The hypervisor has it, Nova has deleted it or never knew it. */
export const domainWithoutInstance = declareKind<DomainSignal>({
  id: 'domain-without-instance',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['runningDeletedMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t('A domain on a host that no live row of that UUID names.'),
    causes: l10n.t(
      'The row was deleted or removed while the host was down, or an evacuation left its source behind.',
    ),
    fixes: l10n.t(
      'Wait for the reaper of nova-compute, which sees the domain only while the soft-deleted row exists (nova/compute/manager.py, _cleanup_running_deleted_instances), or restart nova-compute. Then stop and undefine the domain, with the directory on its host: its XML is saved first. The soft-deleted row stays as it is; rows without a parent are purged along.',
    ),
  }),
  traps: [...commonTraps, livesElsewhere, madeByHand, reaperDue, cellDoubtful, nowhereKnown, beingBuilt],
  candidate: (glimpse) =>
    glimpse.domains.some(({ host }) => !glimpse.liveRows.some((row) => row.host === host)),
  signal(dossier, scene) {
    if (dossier.domains.length === 0) return l10n.t('no host that was read has a domain of it');
    const homes = new Set(liveRows(dossier).map(hostOf));
    const strays = dossier.domains.filter(({ host }) => !homes.has(host));
    const [first] = strays;
    if (first === undefined) {
      return l10n.t('the domain is where the row says: {0}', listed(dossier.domains.map(({ host }) => host)));
    }
    const since = latest(dossier.rows.map((row) => row.deletedAt));
    return {
      strays,
      host: first.host,
      why: whyOf(
        dossier,
        strays.map(({ host }) => host),
      ),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder({ host }, dossier) {
    const virsh = [
      { title: l10n.t('copy its XML'), command: `virsh -c qemu:///system dumpxml ${dossier.uuid}` },
      { title: l10n.t('stop the domain'), command: `virsh -c qemu:///system destroy ${dossier.uuid}` },
      {
        title: l10n.t('and remove its definition'),
        command: `virsh -c qemu:///system undefine --managed-save --nvram ${dossier.uuid}`,
      },
    ];
    if (dossier.rows.length === 0) {
      return [
        {
          title: l10n.t('Nova has no fix: it sees a leftover domain only while the soft-deleted row exists'),
        },
        ...virsh,
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
      ...virsh,
    ];
  },
  remedy: ({ strays }, dossier, scene) => ({
    wanted: wishForGone(dossier) !== undefined,
    ...purgeOf(dossier, scene),
    domains: strays,
    directories: distinct(
      dossier.directories.filter(({ host }) => strays.some((domain) => domain.host === host)),
      scene,
    ),
  }),
});
