import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import { apiSourceId, cellSourceId, placementSourceId } from '../../model/source';
import type { Trap, Signal } from '../declaration';
import { migrationsInProgress } from '../migrations';
import { relatedHosts, unreadElsewhere, unreadRelated } from '../places';
import { indexOf } from '../sceneIndex';
import { listed } from '../words';
import { hostClock } from './hostClock';
import { kept } from './kept';

/** What could not be read of the API database and the cells. A cell that answers "no row" for another proves nothing. */
function unreadDatabases(dossier: Dossier, scene: Scene): readonly string[] {
  const { databases } = indexOf(scene);
  const unread = databases
    .filter(({ complete }) => !complete)
    .map(({ name, gap }) => (gap === undefined ? name : l10n.t('{0} ({1})', name, gap.message)));
  const known = new Set(databases.map(({ id }) => id));
  if (!known.has(apiSourceId)) unread.push(l10n.t('the API database'));
  if (!databases.some(({ kind }) => kind === 'cell')) unread.push(l10n.t('the cells'));
  const cells = new Set([...dossier.rows.map(({ cell }) => cell), dossier.mapping?.cell ?? undefined]);
  for (const cell of cells) {
    if (cell !== undefined && !known.has(cellSourceId(cell))) unread.push(l10n.t('cell {0}', cell));
  }
  return unread;
}

const sourceUnread: Trap<Signal> = {
  id: 'source-unread',
  when: () => ({
    unknown: l10n.t(
      'the API database or a cell did not answer completely, or the mapping names a cell that is not among the sources',
    ),
  }),
  check(_signal, dossier, scene) {
    const unread = unreadDatabases(dossier, scene);
    if (unread.length === 0) return undefined;
    return { verdict: 'unknown', text: l10n.t('could not be read: {0}', listed(unread)) };
  },
  cleared: () => l10n.t('the API database and every cell answered'),
};

const relatedHostUnread: Trap<Signal> = {
  id: 'related-host-unread',
  when: () => ({
    unknown: l10n.t(
      'a host named for the instance was not read: by `instances` (host and node), `migrations` (both ends), Placement, a port binding, a domain or a directory of it',
    ),
  }),
  check(_signal, dossier, scene) {
    const unread = unreadRelated(dossier, scene);
    if (unread.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('a host that is named for this instance was not read: {0}', listed(unread)),
    };
  },
  cleared(_signal, dossier, scene) {
    const related = relatedHosts(dossier, scene);
    return related.length === 0
      ? l10n.t('no host is named for this instance anywhere')
      : l10n.t('every host that is named for this instance was read: {0}', listed(related));
  },
};

const otherHostsUnread: Trap<Signal> = {
  id: 'other-hosts-unread',
  when: () => ({
    suspected: l10n.t(
      'another host of its cells was not read, or one of no known cell; every unread host counts when no cell knows the instance',
    ),
  }),
  check(_signal, dossier, scene) {
    const unread = unreadElsewhere(dossier, scene);
    if (unread.length === 0) return undefined;
    return { verdict: 'suspected', text: l10n.t('it was not looked for on: {0}', listed(unread)) };
  },
  cleared: () => l10n.t('no other host on which it may have been was left unread'),
};

const migrationInProgress: Trap<Signal> = {
  id: 'migration-in-progress',
  when: () => ({
    unknown: l10n.t(
      'a migration whose status is none of confirmed, reverted, error, failed, completed, cancelled, done; `finished` waits for confirm and is a trap of its own',
    ),
  }),
  check(_signal, dossier) {
    const [migration] = migrationsInProgress(dossier);
    if (migration === undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('migration {0} is in progress: status {1}', migration.id, migration.status ?? 'NULL'),
    };
  },
  cleared: () => l10n.t('no migration is in progress'),
};

const placementUnread: Trap<Signal> = {
  id: 'placement-unread',
  when: () => ({ confirmed: l10n.t('a note: Placement was not read, and allocations may be left behind') }),
  check(_signal, _dossier, scene) {
    if (indexOf(scene).sources.get(placementSourceId)?.complete === true) return undefined;
    return { verdict: 'confirmed', text: l10n.t('Placement was not read: allocations may be left behind') };
  },
  cleared: () => l10n.t('Placement answered'),
};

/** Checked by the kinds about something else than an instance: no host and no migration is named for it. */
export const recordTraps: readonly Trap<Signal>[] = [kept, sourceUnread];

/** Checked by a kind that is about migrations itself. */
export const movingTraps: readonly Trap<Signal>[] = [
  kept,
  sourceUnread,
  relatedHostUnread,
  otherHostsUnread,
  placementUnread,
];

/** Checked by every other kind. */
export const commonTraps: readonly Trap<Signal>[] = [
  kept,
  sourceUnread,
  relatedHostUnread,
  migrationInProgress,
  otherHostsUnread,
  placementUnread,
  hostClock,
];
