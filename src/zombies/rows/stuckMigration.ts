import * as l10n from '@vscode/l10n';
import type { Migration } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { cellSourceId } from '../../model/source';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { migrationsInProgress } from '../migrations';
import { proof, seen } from '../proof';
import { repairOf } from '../repairs';
import { hostOf, liveRows } from '../rows';
import { movingTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import { wishForGone } from '../wish';
import { migrationTraps, type MigrationSignal } from './migrationTraps';

function isStuck({ updatedAt, createdAt }: Migration, scene: Scene): boolean {
  return isOlder(updatedAt ?? createdAt, scene.thresholds.movingMinutes, scene);
}

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
  traps: [...movingTraps, ...mendTraps, ...migrationTraps],
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
