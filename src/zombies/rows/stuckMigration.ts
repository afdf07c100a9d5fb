import * as l10n from '@vscode/l10n';
import type { Migration } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { cellSourceId } from '../../model/source';
import { isOlder } from '../ages';
import { declareKind, type Trap } from '../declare';
import { migrationsInProgress } from '../migrations';
import { proof, seen } from '../proof';
import { repairOf } from '../repairs';
import { hostOf, liveRows } from '../rows';
import { movingTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { wishForGone } from '../wish';
import { listed } from '../words';

interface MigrationSignal extends RowSignal {
  readonly stuck: readonly Migration[];
}

function isStuck({ updatedAt, createdAt }: Migration, scene: Scene): boolean {
  return isOlder(updatedAt ?? createdAt, scene.thresholds.movingMinutes, scene);
}

const anotherMoves: Trap<MigrationSignal> = {
  id: 'another-moves',
  when: () => ({ unknown: l10n.t('another migration of it is in progress, and young') }),
  check({ stuck }, dossier) {
    const young = migrationsInProgress(dossier).find((migration) => !stuck.includes(migration));
    if (young === undefined) return undefined;
    return { verdict: 'unknown', text: l10n.t('migration {0} is in progress, and not stuck', young.id) };
  },
  cleared: () => l10n.t('no other migration of it is in progress'),
};

/**
 * nova-compute of the source looks for accepted, pre-migrating and done evacuations when it comes back, and destroys
 * the stale copy by them (nova/compute/manager.py, _destroy_evacuated_instances, Zed): with error it would stay.
 */
const evacuation: Trap<MigrationSignal> = {
  id: 'evacuation',
  when: () => ({
    unknown: l10n.t(
      'an evacuation: the source, when it comes back, destroys its stale copy by this very row',
    ),
  }),
  check({ stuck }) {
    const found = stuck.find(({ type }) => type === 'evacuation');
    if (found === undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'migration {0} is an evacuation: by this row the source destroys its stale copy when it comes back',
        found.id,
      ),
    };
  },
  cleared: () => l10n.t('it is no evacuation'),
};

const domainOnTwoHosts: Trap<MigrationSignal> = {
  id: 'domain-on-two-hosts',
  when: () => ({ unknown: l10n.t('two hosts have a domain of it: it may be moving') }),
  check(_signal, { domains }) {
    const hosts = [...new Set(domains.map(({ host }) => host))];
    if (hosts.length < 2) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('a domain of it is on {0}: it may still be moving', listed(hosts)),
    };
  },
  cleared: () => l10n.t('no two hosts have a domain of it'),
};

/** VERIFY_RESIZE: a confirm or a revert works on the migration as it is. */
const waitsForConfirm: Trap<MigrationSignal> = {
  id: 'waits-for-confirm',
  when: () => ({ legitimate: l10n.t('`vm_state` is resized: confirm or revert is due') }),
  check(_signal, dossier) {
    if (!liveRows(dossier).some(({ vmState }) => vmState === 'resized')) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('vm_state is resized: the migration is needed to confirm or revert it'),
    };
  },
  cleared: () => l10n.t('no live row is resized'),
};

/** A migration that never came to an end, of an instance that does not move. */
export const stuckMigration = declareKind<MigrationSignal>({
  id: 'stuck-migration',
  needs: ['api-database', 'cell', 'host'],
  signs: ['migration-in-progress'],
  thresholds: ['movingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `migrations` in progress that was not updated for long, of an instance whose row is in a cell and has no task. `finished` waits for confirm or revert and never counts.',
    ),
    causes: l10n.t(
      'nova-compute or the conductor was restarted in the middle, or a host of it was taken away. Such a row blocks the removal of the compute service (nova/api/openstack/compute/services.py).',
    ),
    fixes: l10n.t(
      '`server migration abort` while a live migration runs. SQL sets the status to error and never deletes the row: for a deleted instance nova-compute cleans up by it (nova/compute/manager.py, _cleanup_incomplete_migrations). An evacuation is left alone: the source destroys its stale copy by it (_destroy_evacuated_instances).',
    ),
  }),
  traps: [...movingTraps, ...mendTraps, waitsForConfirm, anotherMoves, evacuation, domainOnTwoHosts],
  signal(dossier, scene) {
    const moving = migrationsInProgress(dossier);
    if (moving.length === 0) return l10n.t('no migration is in progress');
    const row = liveRows(dossier)[0] ?? dossier.rows[0];
    if (row === undefined) return l10n.t('no cell has its row');
    const stuck = moving.filter((migration) => isStuck(migration, scene));
    const [first] = stuck;
    if (first === undefined) {
      return l10n.t(
        'its migration counts as stuck after {0} minutes without a change',
        scene.thresholds.movingMinutes,
      );
    }
    const host = hostOf(row);
    return {
      row,
      stuck,
      why: l10n.t(
        'migration {0} has the status {1} since {2}, and nothing moves',
        first.id,
        first.status ?? 'NULL',
        first.updatedAt ?? first.createdAt ?? 'NULL',
      ),
      evidence: [
        ...stuck.map(({ cell, id, status, type }) =>
          seen(
            cellSourceId(cell),
            l10n.t('migrations: id {0} is {1}, type {2}', id, status ?? 'NULL', type ?? 'NULL'),
            scene,
          ),
        ),
        ...proof(dossier, scene),
      ],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: ({ stuck }, { uuid }) => [
    ...stuck
      .filter(({ type }) => type === 'live-migration')
      .map(({ id }) => ({
        title: l10n.t('abort it, if Nova still lets you'),
        command: `openstack --os-compute-api-version 2.24 server migration abort ${uuid} ${id}`,
      })),
    { title: l10n.t('restart nova-compute on its hosts: it settles what it finds interrupted') },
    { title: l10n.t('SQL: set the status to error; the row stays, since clean-up needs it') },
  ],
  remedy: ({ stuck }, dossier) =>
    repairOf(
      stuck.map(({ cell, id, status }) => ({ do: 'end-migration', cell, id, status })),
      wishForGone(dossier) !== undefined,
    ),
});
