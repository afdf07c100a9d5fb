import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { LiveRow, Migration } from '../../model/facts';
import type { ManualStep } from '../../model/suspect';
import { isOlder, latest } from '../ages';
import { movingTraps } from '../traps/common';
import { computeServiceOf } from '../computeService';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { hiddenCopy, resizeUnconfirmed, twoLiveRows, type RowSignal } from '../traps/liveRow';
import { instanceLives } from '../traps/lives';
import { migrationsInProgress } from '../migrations';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { listed } from '../words';

interface MovingSignal extends RowSignal {
  /** migrations in progress */
  readonly moves: readonly Migration[];
}

/** nova/compute/task_states.py (Zed). A rebuild is one only as an evacuation, which has a migration. */
const moving: ReadonlySet<string> = new Set([
  'migrating',
  'resize_prep',
  'resize_migrating',
  'resize_migrated',
  'resize_finish',
  'resize_reverting',
  'resize_confirming',
]);

function isMoving({ taskState }: LiveRow): boolean {
  return moving.has(taskState ?? '');
}

/** While memory is copied nova-compute writes to the migration every 5 s: virt/libvirt/driver.py, _live_migration_monitor. */
function touchedAt(row: LiveRow, moves: readonly Migration[]): string | undefined {
  return latest([
    ...(isMoving(row) ? [row.updatedAt ?? row.createdAt] : []),
    ...moves.flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
  ]);
}

const copyUnderWay: Trap<MovingSignal> = {
  id: 'copy-under-way',
  when: () => ({ unknown: l10n.t('two hosts have a domain of it: libvirt may still be copying') }),
  check(_signal, { domains }) {
    if (domains.length < 2) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'a domain of it is on {0}: libvirt may still be copying (virsh domjobinfo)',
        listed(domains.map(({ host }) => host)),
      ),
    };
  },
  cleared: () => l10n.t('no two hosts have a domain of it: nothing is being copied'),
};

/** Live migrations wait for each other: nova.conf, max_concurrent_live_migrations = 1. */
const waitsInQueue: Trap<MovingSignal> = {
  id: 'waits-in-queue',
  when: () => ({
    legitimate: l10n.t('a live migration is `queued` or `preparing`, and nova-compute of its source is up'),
  }),
  check({ moves }, _dossier, scene) {
    const queued = moves.find(
      ({ status, sourceCompute }) =>
        (status === 'queued' || status === 'preparing') &&
        ['up', 'maintained'].includes(computeServiceOf(scene.hosts.get(sourceCompute ?? ''), scene)),
    );
    if (queued === undefined) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'migration {0} waits in the queue of nova-compute on {1}: others are before it',
        queued.id,
        queued.sourceCompute ?? '',
      ),
    };
  },
  cleared: () => l10n.t('it does not wait for another migration'),
};

/** The API takes an abort in these alone: nova/compute/api.py, live_migrate_abort (Zed). */
const abortable: ReadonlySet<string> = new Set(['running', 'queued', 'preparing']);

function abortOf({ row, moves }: MovingSignal, { uuid }: Dossier): readonly ManualStep[] {
  return moves
    .filter(({ status }) => row.taskState === 'migrating' && abortable.has(status ?? ''))
    .map(({ id }) => ({
      command: `openstack server migration abort ${uuid} ${id}`,
      why: l10n.t('Nova ends the migration, and the instance stays where it is'),
      depths: ['none'],
    }));
}

/** A move that was begun and does not go on. */
export const stuckMoving = declareKind<MovingSignal>({
  id: 'stuck-moving',
  needs: ['api-database', 'cell', 'host'],
  signs: ['migration-in-progress'],
  thresholds: ['movingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row whose `task_state` is one of a migration or a resize (migrating, resize_…), or that has a migration in progress; and neither was updated for a while. A live migration that copies memory is updated every 5 seconds (nova/virt/libvirt/driver.py, _live_migration_monitor).',
    ),
    causes: l10n.t(
      'nova-compute of either host or RabbitMQ went away in the middle of a migration, resize or evacuation.',
    ),
    fixes: l10n.t(
      '`server migration abort` ends a live migration, `force complete` ends its copying. Restarting nova-compute on the host of the instance aborts a live migration, rolls back resize_migrating and clears resize_prep (nova/compute/manager.py, _init_instance). Last, as a pick, SQL sets the status of the migration to error; its row stays. The state is then set by `server set --state`.',
    ),
  }),
  traps: [
    ...movingTraps,
    hiddenCopy,
    twoLiveRows,
    resizeUnconfirmed,
    waitsInQueue,
    copyUnderWay,
    instanceLives,
  ],
  candidate: (glimpse, scene) =>
    glimpse.signs.has('migration-in-progress')
      ? glimpse.liveRows.length > 0
      : glimpse.liveRows.some((row) => isOlder(touchedAt(row, []), scene.thresholds.movingMinutes, scene)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const moves = migrationsInProgress(dossier);
    const row = live.find(isMoving) ?? live[0];
    if (row === undefined) return l10n.t('there is no live row');
    if (isBeingDeleted(row)) return l10n.t('it is being deleted: its delete decides');
    if (!isMoving(row) && moves.length === 0) return l10n.t('nothing moves it: {0}', stateOf(row));
    const since = touchedAt(row, moves);
    if (since === undefined || !isOlder(since, scene.thresholds.movingMinutes, scene)) {
      return l10n.t(
        'it is on its way, last updated {0}; it counts as stuck after {1} minutes',
        since ?? 'NULL',
        scene.thresholds.movingMinutes,
      );
    }
    const host = hostOf(row);
    return {
      row,
      moves,
      since,
      ...(host === undefined ? {} : { host }),
      why: l10n.t('a migration or resize of it was begun, and nothing of it was updated since {0}', since),
      evidence: proof(dossier, scene),
    };
  },
  ladder: ({ host, moves }, { uuid }) => [
    {
      title: l10n.t('see how far it is'),
      command: `openstack server migration list --server ${uuid}`,
    },
    ...moves
      .filter(({ type }) => type === 'live-migration')
      .map(({ id }) => ({
        title: l10n.t('end the copying of a live migration'),
        command: `openstack server migration force complete ${uuid} ${id}`,
      })),
    {
      title: l10n.t('restart nova-compute on {0}: it rolls back what it left half done', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
    { title: l10n.t('SQL: set the status of the migration to error; its row stays') },
    {
      title: l10n.t('then clear its task, once it is known where it runs'),
      command: `openstack server set --state active ${uuid}`,
    },
  ],
  remedy(signal, dossier) {
    const repairs = signal.moves.map(
      ({ cell, id, status }) => ({ do: 'end-migration', cell, id, status }) as const,
    );
    return {
      wanted: false,
      depth: 'none',
      depths: repairs.length === 0 ? ['none'] : ['none', 'repair'],
      domains: [],
      directories: [],
      manual: abortOf(signal, dossier),
      ...(repairs.length === 0 ? {} : { repairs }),
    };
  },
});
