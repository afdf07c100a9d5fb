import * as l10n from '@vscode/l10n';
import type { ApiRequest, ServerRequest } from '../model/apiRequest';
import type { Dossier } from '../model/dossier';
import type { InstanceDirectory } from '../model/facts';
import type { Scene } from '../model/scene';
import type { Depth, ManualStep, Remedy } from '../model/suspect';
import { isUuid } from '../model/uuid';

/** For what is unknown or legitimate: nothing is offered. */
export const noRemedy: Remedy = {
  wanted: false,
  depth: 'none',
  depths: [],
  domains: [],
  directories: [],
  manual: [],
};

/** What can be done to a live row, the default first: design of the depths in docs/plan-document.md. */
export const liveRowDepths: readonly Depth[] = ['mark-deleted', 'complete', 'archive'];

/** The official way first, where the cloud has its APIs. */
export function liveRowWays({ apis }: Scene): Pick<Remedy, 'depth' | 'depths'> {
  return apis === true
    ? { depth: 'api', depths: ['api', ...liveRowDepths] }
    : { depth: 'mark-deleted', depths: liveRowDepths };
}

/** Nova takes the instance away with all that it holds, or else each thing goes by its own step. */
export function liveRowSteps(
  dossier: Dossier,
  scene: Scene,
  requests: readonly ServerRequest[],
): readonly ManualStep[] {
  return [
    ...(scene.apis === true && isUuid(dossier.uuid) ? requests.map(serverStep) : []),
    ...residue(dossier, scene).map((step) => ({ ...step, depths: liveRowDepths })),
  ];
}

function serverStep(request: ServerRequest): ManualStep {
  return { ...wordsOf(request), api: request, depths: ['api'] };
}

function wordsOf(request: ServerRequest): Pick<ManualStep, 'command' | 'why'> {
  switch (request.do) {
    case 'reset-state':
      return {
        command: `openstack server set --state error ${request.id}`,
        why: l10n.t(
          'it is taken out of the state in which it hangs: Nova ignores a second delete while deleting',
        ),
      };
    case 'delete-server':
      return {
        command: `openstack server delete ${request.id}`,
        why: l10n.t('Nova deletes the instance, with its ports, attachments and allocations'),
      };
    case 'force-delete-server':
      return {
        command: `openstack server delete --force ${request.id}`,
        why: l10n.t('Nova deletes the instance at once, and does not keep it to be restored'),
      };
  }
}

/**
 * What the instance holds in the other services, as steps with the openstack command, and as requests where the cloud
 * has its APIs. Only for a remedy that removes or marks its rows: on an instance that stays, each of these would cut
 * something off. A port that its owner may have made beforehand is for people to decide on.
 * Commands: python-openstackclient (volume attachment needs block storage API 3.27) and osc-placement.
 */
export function residue(dossier: Dossier, scene: Scene): readonly ManualStep[] {
  const byApi = (api: ApiRequest): Pick<ManualStep, 'api'> => (scene.apis === true ? { api } : {});
  const ports = dossier.ports.filter(({ id }) => isUuid(id));
  const volumes = dossier.volumes.filter(({ volumeId }) => isUuid(volumeId));
  const steps: ManualStep[] = ports.map(({ id, madeByNova }) => ({
    command: `openstack port delete ${id}`,
    why: madeByNova
      ? l10n.t('a port that Nova made for the instance, by its cached network info')
      : l10n.t(
          'a port of the instance, by its cached network info; one that its owner made beforehand is only to be unset',
        ),
    ...(madeByNova ? byApi({ do: 'delete-port', id }) : {}),
  }));
  for (const { volumeId, attachmentId } of volumes) {
    const byAttachment = attachmentId !== null && isUuid(attachmentId);
    steps.push({
      ...volumeStep(volumeId, attachmentId, dossier),
      ...(byAttachment ? byApi({ do: 'delete-attachment', id: attachmentId }) : {}),
    });
  }
  if (dossier.allocations.length > 0) {
    steps.push({
      command: `openstack resource provider allocation delete ${dossier.uuid}`,
      why: l10n.t(
        'the allocations that Placement holds for the instance on {0}',
        dossier.allocations.map(({ provider }) => provider).join(', '),
      ),
      ...byApi({ do: 'delete-allocations', consumer: dossier.uuid }),
    });
  }
  return steps;
}

function volumeStep(volumeId: string, attachmentId: string | null, dossier: Dossier): ManualStep {
  const why =
    dossier.domains.length > 0
      ? l10n.t(
          'volume {0} is attached to the instance; stop its domain first: two machines that write to one volume destroy it',
          volumeId,
        )
      : l10n.t('volume {0} is attached to the instance', volumeId);
  const command =
    attachmentId !== null && isUuid(attachmentId)
      ? `openstack --os-volume-api-version 3.27 volume attachment delete ${attachmentId}`
      : `openstack volume set --detached --state available ${volumeId}`;
  return { command, why };
}

/** One entry for a directory that several hosts show because they share the storage. */
export function distinct(
  directories: readonly InstanceDirectory[],
  scene: Scene,
): readonly InstanceDirectory[] {
  const shared = new Set<string>();
  return directories.filter(({ host, path }) => {
    if (scene.hosts.get(host)?.sharedStorage !== true) return true;
    if (shared.has(path)) return false;
    shared.add(path);
    return true;
  });
}

/** Rows that are left without a parent are purged along; a row that Nova soft-deleted stays as it is. */
export function purgeOf(dossier: Dossier, scene: Scene): Pick<Remedy, 'depth' | 'depths' | 'manual'> {
  return dossier.leftovers.length > 0 && dossier.rows.length === 0
    ? {
        depth: 'purge',
        depths: ['purge', 'none'],
        manual: residue(dossier, scene).map((step) => ({ ...step, depths: ['purge'] })),
      }
    : { depth: 'none', depths: ['none'], manual: [] };
}
