import * as l10n from '@vscode/l10n';
import { cellSourceId } from '../../model/source';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { proof, seen } from '../proof';
import { removeRows, repairOf } from '../repairs';
import { hostOf, liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { instanceLives } from '../traps/lives';
import { wishForGone } from '../wish';

/** Console tokens that nobody can use any more, and that Nova did not clear away. */
export const expiredConsoleToken = declareKind<Signal>({
  id: 'expired-console-token',
  needs: ['api-database', 'cell'],
  signs: ['expired-token'],
  thresholds: ['tokenMinutes'],
  about: () => ({
    signal: l10n.t(
      'Rows in `console_auth_tokens` of an instance whose newest token expired long ago. An expired token opens nothing (nova/db/main/api.py, console_auth_token_get_valid).',
    ),
    causes: l10n.t(
      'nova-compute of the host that made them is not running any more: each clears away its own.',
    ),
    fixes: l10n.t(
      'A running nova-compute deletes the expired tokens of its host (nova/compute/manager.py, _cleanup_expired_console_auth_tokens). SQL deletes those of the instance.',
    ),
  }),
  traps: [...commonTraps, instanceLives],
  signal(dossier, scene) {
    const { tokensExpiredAt, rows } = dossier;
    const [row] = [...liveRows(dossier), ...rows];
    if (tokensExpiredAt === undefined) return l10n.t('it has no console token');
    if (row === undefined) return l10n.t('no cell has its row');
    const minutes = scene.thresholds.tokenMinutes;
    if (!isOlder(tokensExpiredAt, minutes, scene)) {
      return l10n.t('its newest console token did not expire more than {0} minutes ago', minutes);
    }
    const host = hostOf(row);
    return {
      why: l10n.t(
        'its console tokens expired, the newest at {0}, and were not cleared away',
        tokensExpiredAt,
      ),
      since: tokensExpiredAt,
      evidence: [
        seen(
          cellSourceId(row.cell),
          l10n.t('console_auth_tokens: the newest expired at {0}', tokensExpiredAt),
          scene,
        ),
        ...proof(dossier, scene),
      ],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: () => [
    { title: l10n.t('let nova-compute run on the host that made them: it clears away its own') },
    { title: l10n.t('SQL: delete them, when that host is gone') },
  ],
  remedy: (_signal, dossier) =>
    repairOf(removeRows(dossier, ['console_auth_tokens']), wishForGone(dossier) !== undefined),
});
