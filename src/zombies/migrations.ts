import type { Dossier } from '../model/dossier';
import type { Migration } from '../model/facts';
import { endedStatuses } from '../model/migrationStatus';
import { liveRows } from './rows';

const ended: ReadonlySet<string> = new Set(endedStatuses);

/** A resize that waits for confirm or revert (VERIFY_RESIZE): both hosts hold disks of the instance. */
const unconfirmed = 'finished';

export function isInProgress(status: string | null): boolean {
  return status === null || (!ended.has(status) && !isUnconfirmed(status));
}

export function isUnconfirmed(status: string | null): boolean {
  return status === unconfirmed;
}

export function migrationsInProgress(dossier: Dossier): readonly Migration[] {
  return dossier.migrations.filter(({ status }) => isInProgress(status));
}

/** Only a live row can still be confirmed or reverted. */
export function unconfirmedResizes(dossier: Dossier): readonly Migration[] {
  if (liveRows(dossier).length === 0) return [];
  return dossier.migrations.filter(({ status }) => isUnconfirmed(status));
}
