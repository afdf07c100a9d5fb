import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import { apiSourceId } from '../../model/source';
import type { Depth, ManualStep, Remedy } from '../../model/suspect';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { proof, seen } from '../proof';
import { residue } from '../remedies';
import { liveRows, stateOf } from '../rows';
import { cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { wishForGone } from '../wish';
import { leftIn } from './apiLeftovers';

/** `server delete` goes by the mapping: with a live row it may delete a machine, and leave the build request. */
const instanceExists: Trap<Signal> = {
  id: 'instance-exists',
  when: () => ({ unknown: l10n.t('a cell has a live row of it, or a host a domain or a directory') }),
  check(_signal, dossier) {
    const [row] = liveRows(dossier);
    if (row !== undefined) {
      return {
        verdict: 'unknown',
        text: l10n.t('it was built all the same: a cell has its live row, {0}', stateOf(row)),
      };
    }
    if (dossier.domains.length + dossier.directories.length === 0) return undefined;
    return { verdict: 'unknown', text: l10n.t('a host has a domain or a directory of it') };
  },
  cleared: () => l10n.t('it was never built: no live row, no domain, no directory'),
};

const awaited: Trap<Signal> = {
  id: 'awaited',
  when: () => ({ suspected: l10n.t('nobody asked for a delete: somebody may still wait for it') }),
  check(_signal, dossier) {
    if (wishForGone(dossier) !== undefined) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('nobody asked for a delete: whoever asked for the instance may still wait for it'),
    };
  },
  cleared: (_signal, dossier) => wishForGone(dossier) ?? '',
};

/** The API looks at a build request only while the mapping names no cell (nova/compute/api.py, _get_instance, Zed). */
function isFoundByApi({ mapping }: Dossier): boolean {
  return mapping?.cellId === null;
}

const hiddenFromApi: Trap<Signal> = {
  id: 'hidden-from-api',
  when: () => ({ suspected: l10n.t('it has no mapping, or one that names a cell: the API cannot find it') }),
  check(_signal, dossier) {
    if (isFoundByApi(dossier)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the API cannot find it: its mapping is gone, or names a cell that has no live row'),
    };
  },
  cleared: () => l10n.t('its mapping names no cell yet: the API finds the build request'),
};

function serverDelete({ uuid }: Dossier): ManualStep {
  return {
    command: `openstack server delete ${uuid}`,
    why: l10n.t('Nova takes the build request away, lets go of its volumes, and stops the build'),
  };
}

/** The API first; by purge where the API cannot, and never beside a row of `instances`. */
function remedyOf(dossier: Dossier, scene: Scene): Remedy {
  const rest = { wanted: wishForGone(dossier) !== undefined, domains: [], directories: [] };
  const purgeable: readonly Depth[] = dossier.rows.length === 0 ? ['purge'] : [];
  const held = residue(dossier, scene).map((step): ManualStep => ({ ...step, depths: ['purge'] }));
  if (!isFoundByApi(dossier)) {
    const depths: readonly Depth[] = [...purgeable, 'none'];
    return { ...rest, depth: depths[0] ?? 'none', depths, manual: held };
  }
  const depth: Depth = scene.apis === true ? 'api' : 'none';
  const step: ManualStep = {
    ...serverDelete(dossier),
    depths: [depth],
    ...(scene.apis === true ? { api: { do: 'delete-server', id: dossier.uuid } } : {}),
  };
  return { ...rest, depth, depths: [depth, ...purgeable], manual: [step, ...held] };
}

/** nova-conductor deletes the request as soon as a cell has the row (nova/conductor/manager.py, Zed). */
export const stuckBuildRequest = declareKind<Signal>({
  id: 'stuck-build-request',
  needs: ['api-database', 'cell'],
  signs: ['build-request'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `build_requests` that has waited for a while. Rows from before `instance_uuid` was there name no instance, and are not found.',
    ),
    causes: l10n.t(
      'nova-conductor or the message queue died while the instance was scheduled; or the mapping was lost or changed, and the API cannot find the request.',
    ),
    fixes: l10n.t(
      '`openstack server delete` deletes the request, and nova-conductor stops a build whose request is gone (nova/compute/api.py, _delete_while_booting; nova/conductor/manager.py, schedule_and_build_instances). Never while a cell has a live row. SQL, when the API cannot: purge of request, request spec and mapping.',
    ),
  }),
  traps: [...commonTraps, cellDoubtful, instanceExists, awaited, hiddenFromApi],
  signal(dossier, scene) {
    const { buildRequestedAt } = dossier;
    if (buildRequestedAt === undefined) return l10n.t('there is no build request of it');
    // One that is left over is old, also where it has no time of its own.
    const old =
      isOlder(buildRequestedAt, scene.thresholds.buildingMinutes, scene) ||
      leftIn('build_requests', dossier) > 0;
    if (!old) {
      return l10n.t(
        'it was asked for at {0}; a build request counts as stuck after {1} minutes',
        buildRequestedAt,
        scene.thresholds.buildingMinutes,
      );
    }
    const made = buildRequestedAt === '' ? 'NULL' : buildRequestedAt;
    return {
      why: l10n.t('a build request waits since {0}, and nothing came of it', made),
      evidence: [
        seen(apiSourceId, l10n.t('build_requests: made {0}', made), scene),
        ...proof(dossier, scene),
      ],
      ...(buildRequestedAt === '' ? {} : { since: buildRequestedAt }),
    };
  },
  ladder: (_signal, dossier) => [
    ...(isFoundByApi(dossier)
      ? [
          {
            title: l10n.t('the API deletes the build request, and lets go of its volumes'),
            command: serverDelete(dossier).command,
          },
        ]
      : []),
    { title: l10n.t('SQL, when the API cannot: the request, its request spec and its mapping') },
  ],
  remedy: (_signal, dossier, scene) => remedyOf(dossier, scene),
});
