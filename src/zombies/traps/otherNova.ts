import * as l10n from '@vscode/l10n';
import type { Signal, Trap } from '../declare';

/**
 * For the kinds about what another service keeps for an instance: several Novas may share that service. Until a cell
 * has the row, Nova's API answers out of the build request (nova/compute/api.py, _get_instance, Zed).
 */
export const novaHasIt: Trap<Signal> = {
  id: 'nova-has-it',
  when: () => ({
    unknown: l10n.t('Nova’s API has the instance, and no cell that was read does'),
    legitimate: l10n.t('no cell has a row of it yet, and Nova’s API has it by its build request'),
    suspected: l10n.t('Nova’s API was not asked about it, or did not answer (503 is not 404)'),
  }),
  check(_signal, { novaApi, buildRequestedAt, rows }) {
    if (novaApi === 'absent') return undefined;
    if (novaApi === 'present' && buildRequestedAt !== undefined && rows.length === 0) {
      return { verdict: 'legitimate', text: l10n.t('Nova’s API has it by its build request') };
    }
    return novaApi === 'present'
      ? {
          verdict: 'unknown',
          text: l10n.t('Nova’s API has the instance: a cell that it uses was not read'),
        }
      : { verdict: 'suspected', text: l10n.t('Nova’s API did not say that it has no such instance') };
  },
  cleared: () => l10n.t('Nova’s API says too that there is no such instance'),
};
