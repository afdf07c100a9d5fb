import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof } from '../proof';
import { isLeftIn, leftoverTraps, purge, purgeLadder, whyNotLeft } from './apiLeftovers';

/** What the scheduler was asked for, of an instance that is gone. */
export const requestSpecLeftBehind = declareKind<Signal>({
  id: 'request-spec-left-behind',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `request_specs` whose instance no cell has, deleted or not. An instance that lives needs its own to be moved, rebuilt or unshelved.',
    ),
    causes: l10n.t(
      'An archive that broke off between the cell and the API database, a release that did not clean up there yet, or a row that was deleted by hand.',
    ),
    fixes: l10n.t(
      'The archive removes request specs only along with rows of `instances` (nova/cmd/manage.py, _do_archive). SQL: purge.',
    ),
  }),
  traps: leftoverTraps,
  candidate: isLeftIn('request_specs'),
  signal: (dossier, scene) =>
    whyNotLeft('request_specs', dossier) ?? {
      why: l10n.t('its request spec is left, and no cell has a row of it'),
      evidence: proof(dossier, scene),
    },
  ladder: () => purgeLadder(),
  remedy: (_signal, dossier, scene) => purge(dossier, scene),
});
