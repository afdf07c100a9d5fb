import * as l10n from '@vscode/l10n';
import type { InstanceDirectory } from '../../model/facts';
import { isOlder, latest } from '../ages';
import type { Trap, Signal } from '../declaration';
import { unconfirmedResizes } from '../migrations';
import { unreadUnrelated } from '../places';
import { hostOf, liveRows } from '../rows';
import { listed } from '../words';

/** Directories on hosts that no live row and no domain accounts for. */
export interface DirectorySignal extends Signal {
  readonly strays: readonly InstanceDirectory[];
}

const day = 24 * 60;

export const writtenRecently: Trap<DirectorySignal> = {
  id: 'written-recently',
  when: () => ({ legitimate: l10n.t('something was written to it a short time ago') }),
  check({ strays }, _dossier, scene) {
    const minutes = scene.thresholds.directoryQuietMinutes;
    if (strays.every(({ modifiedAt }) => isOlder(modifiedAt, minutes, scene))) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was written to less than {0} minutes ago: it is in use', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('nothing was written to it for {0} minutes', scene.thresholds.directoryQuietMinutes),
};

/** Nova renames to `_del` and removes after it (nova/virt/libvirt/driver.py, delete_instance_files). */
export const removalUnderWay: Trap<DirectorySignal> = {
  id: 'removal-under-way',
  when: () => ({ legitimate: l10n.t('a `_del` of the last day: Nova renames first, and removes after it') }),
  check({ strays }, _dossier, scene) {
    if (strays.every(({ suffix, modifiedAt }) => suffix !== '_del' || isOlder(modifiedAt, day, scene))) {
      return undefined;
    }
    return {
      verdict: 'legitimate',
      text: l10n.t('a _del directory of the last day: Nova is removing it, or tries again'),
    };
  },
  cleared: () => l10n.t('Nova is not removing it at this moment'),
};

export const resizeKept: Trap<DirectorySignal> = {
  id: 'resize-kept',
  when: () => ({ legitimate: l10n.t('`vm_state` is resized, or a migration is `finished`') }),
  check(_signal, dossier) {
    if (
      unconfirmedResizes(dossier).length === 0 &&
      !liveRows(dossier).some(({ vmState }) => vmState === 'resized')
    ) {
      return undefined;
    }
    return {
      verdict: 'legitimate',
      text: l10n.t('a resize waits for confirm or revert: both hosts keep the disks until then'),
    };
  },
  cleared: () => l10n.t('no resize waits for confirm or revert'),
};

export const sharedStorage: Trap<DirectorySignal> = {
  id: 'shared-storage',
  when: () => ({
    legitimate: l10n.t('the instances path is shared, and the instance or a domain of it is on any host'),
    unknown: l10n.t('the instances path is shared, and any host was not read'),
  }),
  check({ strays }, dossier, scene) {
    if (!strays.some(({ host }) => scene.hosts.get(host)?.sharedStorage === true)) return undefined;
    if (liveRows(dossier).length > 0 || dossier.domains.length > 0) {
      return {
        verdict: 'legitimate',
        text: l10n.t('the instances path is shared: it is the directory of the instance on its own host'),
      };
    }
    const unread = unreadUnrelated(dossier, scene);
    if (unread.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'the instances path is shared, and a host that may use it was not read: {0}',
        listed(unread),
      ),
    };
  },
  cleared: () => l10n.t('it is not on storage that another host uses'),
};

/** A stale copy is one only when the instance was seen to be somewhere else. */
export const livesElsewhere: Trap<DirectorySignal> = {
  id: 'lives-elsewhere',
  when: () => ({
    suspected: l10n.t('the instance is live, and its domain was seen on its own host'),
    unknown: l10n.t(
      'its domain was not seen there, the row names no host, or the directory is where it lives',
    ),
    legitimate: l10n.t('the instance is shelved and offloaded'),
  }),
  check({ strays }, dossier) {
    const [row] = liveRows(dossier);
    if (row === undefined) return undefined;
    const host = hostOf(row);
    if (row.vmState === 'shelved_offloaded') {
      return {
        verdict: 'legitimate',
        text: l10n.t(
          'the instance is shelved, and has no host: its directory is not judged until it is unshelved or deleted',
        ),
      };
    }
    if (host === undefined) {
      return {
        verdict: 'unknown',
        text: l10n.t('the instance is live and names no host: this may be its disk'),
      };
    }
    if (!dossier.domains.some((domain) => domain.host === host)) {
      return {
        verdict: 'unknown',
        text: l10n.t(
          'the instance is live on {0}, and its domain was not seen there: this may be its disk',
          host,
        ),
      };
    }
    if (strays.every((stray) => stray.host === host)) {
      return {
        verdict: 'unknown',
        text: l10n.t('the instance lives on this very host: look at the directory by hand'),
      };
    }
    return {
      verdict: 'suspected',
      text: l10n.t(
        'the instance is live on {0}: only this copy is stale, and nothing shows that it is not wanted',
        host,
      ),
    };
  },
  cleared: () => l10n.t('no cell has a live row'),
};

/** nova.conf: instance_delete_interval = 300, maximum_instance_delete_attempts = 5. */
export const deletedRecently: Trap<DirectorySignal> = {
  id: 'deleted-recently',
  when: () => ({
    legitimate: l10n.t('the row was deleted a short time ago: Nova tries again by itself'),
    suspected: l10n.t('the row is deleted and `deleted_at` is empty'),
  }),
  check(_signal, dossier, scene) {
    if (dossier.rows.length === 0 || liveRows(dossier).length > 0) return undefined;
    const deletedAt = latest(dossier.rows.map((row) => row.deletedAt));
    if (deletedAt === undefined) {
      return {
        verdict: 'suspected',
        text: l10n.t('when the row was deleted is not known: deleted_at is empty'),
      };
    }
    const minutes = scene.thresholds.directoryQuietMinutes;
    if (isOlder(deletedAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was deleted less than {0} minutes ago: Nova removes the files by itself', minutes),
    };
  },
  cleared: () => l10n.t('it was not deleted a short time ago'),
};
