import * as l10n from '@vscode/l10n';
import type { ManualStep } from '../../model/suspect';
import { declareKind } from '../declare';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { restingRowTraps } from '../traps/lives';
import { locked, softDeleted, type RowSignal } from '../traps/liveRow';

/** A live instance whose owner is no more. */
export const projectGone = declareKind<RowSignal>({
  id: 'project-gone',
  needs: ['api-database', 'cell', 'keystone'],
  signs: ['project-gone'],
  thresholds: [],
  about: () => ({
    signal: l10n.t(
      'A live row whose project Keystone, asked for it by its id, does not have. A project that the account may not see is answered with 403 and never counts (keystone/api/projects.py).',
    ),
    causes: l10n.t('The project was deleted before what it had: Keystone does not ask Nova.'),
    fixes: l10n.t(
      '`openstack project cleanup` works only before the project is deleted. After it an administrator deletes each instance by the API, with all that it holds. The project is what wanted it, and is gone.',
    ),
  }),
  traps: [...commonTraps, ...restingRowTraps, softDeleted, locked],
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    if (!dossier.projectGone) return l10n.t('Keystone has its project, or was not asked for it');
    if (isBeingDeleted(row)) return l10n.t('it is being deleted');
    const host = hostOf(row);
    return {
      row,
      why: l10n.t('it is live, and Keystone does not have its project'),
      evidence: [
        seen('keystone', l10n.t('no such project: {0}', row.projectId ?? 'NULL'), scene),
        ...proof(dossier, scene),
      ],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: (_signal, { uuid }) => [
    { title: l10n.t('for the next project: openstack project cleanup, before it is deleted') },
    {
      title: l10n.t('delete it by the API as an administrator'),
      command: `openstack server delete ${uuid}`,
    },
  ],
  // The machine runs, and the API can take it away with all that it holds: no SQL is offered.
  remedy(_signal, { uuid }, { apis }) {
    const step: ManualStep = {
      command: `openstack server delete ${uuid}`,
      why: l10n.t('Nova deletes the instance, with its ports, attachments and allocations'),
    };
    if (apis !== true) return { ...stepsOnly(), wanted: true, manual: [step] };
    const request: ManualStep = { ...step, api: { do: 'delete-server', id: uuid }, depths: ['api'] };
    return { ...stepsOnly(), wanted: true, depth: 'api', depths: ['api', 'none'], manual: [request] };
  },
});
