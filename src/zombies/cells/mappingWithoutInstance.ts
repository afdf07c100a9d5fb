import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof } from '../proof';
import { commonTraps } from '../traps/common';
import { novaHasIt } from '../traps/novaHasIt';
import { tooYoung } from '../traps/young';
import { purge, whyNotLeft } from './apiLeftovers';

/** A request that came to nothing: verify_instance returns 2 for its mapping (nova/cmd/manage.py, Zed). */
export const mappingWithoutInstance = declareKind<Signal>({
  id: 'mapping-without-instance',
  needs: ['api-database', 'cell'],
  signs: ['mapping-without-cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `instance_mappings` whose `cell_id` is NULL, no build request, and no row of `instances` in any cell.',
    ),
    causes: l10n.t(
      'The instance was deleted while it was scheduled and nova-conductor died before it removed the mapping (nova/conductor/manager.py, schedule_and_build_instances), or a build request was removed by hand.',
    ),
    fixes: l10n.t(
      '`nova-manage cell_v2 verify_instance` shows it (exit code 2). Nova has no command that removes it. SQL: purge, with its request spec and its group membership.',
    ),
  }),
  traps: [
    ...commonTraps,
    novaHasIt,
    tooYoung({ threshold: 'buildingMinutes', times: (_signal, { mapping }) => [mapping?.createdAt] }),
  ],
  signal(dossier, scene) {
    const { mapping, buildRequestedAt } = dossier;
    if (mapping === undefined) return l10n.t('it has no mapping');
    if (mapping.cellId !== null) return l10n.t('its mapping names a cell');
    if (buildRequestedAt !== undefined) return l10n.t('its build request is still there');
    const reason = whyNotLeft('instance_mappings', dossier);
    if (reason !== undefined) return reason;
    return {
      why: l10n.t('its mapping names no cell, no cell has a row of it, and its build request is gone'),
      evidence: proof(dossier, scene),
      ...(mapping.createdAt === null ? {} : { since: mapping.createdAt }),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('ask Nova of it: exit code 2 says that it is mapped to no cell'),
      command: `nova-manage cell_v2 verify_instance --uuid ${uuid}`,
    },
    { title: l10n.t('SQL: Nova has no command that removes such a mapping') },
  ],
  remedy: (_signal, dossier, scene) => purge(dossier, scene),
});
