import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof } from '../proof';
import { isLeftIn, leftoverTraps, purge, purgeLadder, whyNotLeft } from './apiLeftovers';

/** A server group still has an instance that is gone. */
export const groupMemberLeftBehind = declareKind<Signal>({
  id: 'group-member-left-behind',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `instance_group_member` whose instance no cell has, deleted or not. Of a new instance it is written before any cell has the row (nova/compute/api.py, _provision_instances).',
    ),
    causes: l10n.t(
      'An archive that broke off between the cell and the API database, a release that did not clean up there yet, or a row that was deleted by hand.',
    ),
    fixes: l10n.t(
      'The archive removes members only along with rows of `instances` (nova/cmd/manage.py, _do_archive). SQL: purge of the member; the group stays.',
    ),
  }),
  traps: leftoverTraps,
  candidate: isLeftIn('instance_group_member'),
  signal: (dossier, scene) =>
    whyNotLeft('instance_group_member', dossier) ?? {
      why: l10n.t('a server group still has it as a member, and no cell has a row of it'),
      evidence: proof(dossier, scene),
    },
  ladder: () => purgeLadder(),
  remedy: (_signal, dossier, scene) => purge(dossier, scene),
});
