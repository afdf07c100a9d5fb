import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { proof } from '../proof';
import { wishForGone } from '../wish';
import { isLeftIn, leftoverTraps, purge, whyNotLeft } from './apiLeftovers';

const cellGone: Trap<Signal> = {
  id: 'cell-gone',
  when: () => ({ unknown: l10n.t('the mapping names a cell that `cell_mappings` does not have') }),
  check(_signal, { mapping }) {
    if (mapping?.cell !== null) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('its mapping names cell {0}, which cell_mappings does not have', mapping.cellId ?? 'NULL'),
    };
  },
  cleared: () => l10n.t('the cell of its mapping is known'),
};

const neverDeleted: Trap<Signal> = {
  id: 'never-deleted',
  when: () => ({
    suspected: l10n.t('neither archived, nor queued for delete, nor was a delete asked'),
  }),
  check(_signal, dossier) {
    if (wishForGone(dossier) !== undefined) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('nothing shows that it was ever deleted: its row may have been lost'),
    };
  },
  cleared: (_signal, dossier) => wishForGone(dossier) ?? '',
};

/** verify_instance returns 4 for it: "However its instance_mapping remains" (nova/cmd/manage.py, Zed). */
export const mappingLeftBehind = declareKind<Signal>({
  id: 'mapping-left-behind',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `instance_mappings` that names a cell, and no row of `instances` in any cell, deleted or not.',
    ),
    causes: l10n.t(
      'An archive that broke off between the cell and the API database, a release that did not clean up there yet, or a row that was deleted by hand.',
    ),
    fixes: l10n.t(
      '`nova-manage cell_v2 verify_instance` shows it (exit code 4). The archive removes mappings only along with rows of `instances` (nova/cmd/manage.py, _do_archive). SQL: purge. Left there, it can stop `nova-manage db online_data_migrations` at an upgrade.',
    ),
  }),
  traps: [...leftoverTraps, cellGone, neverDeleted],
  candidate: isLeftIn('instance_mappings'),
  signal(dossier, scene) {
    const { mapping } = dossier;
    if (mapping === undefined) return l10n.t('it has no mapping');
    if (mapping.cellId === null) return l10n.t('its mapping names no cell');
    const reason = whyNotLeft('instance_mappings', dossier);
    if (reason !== undefined) return reason;
    return {
      why: l10n.t('its mapping names a cell, and no cell has a row of it'),
      evidence: proof(dossier, scene),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('ask Nova of it: exit code 4 says that only the mapping remains'),
      command: `nova-manage cell_v2 verify_instance --uuid ${uuid}`,
    },
    { title: l10n.t('SQL: Nova has no command that removes such a mapping') },
  ],
  remedy: (_signal, dossier, scene) => purge(dossier, scene),
});
