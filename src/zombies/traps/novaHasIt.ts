import * as l10n from '@vscode/l10n';
import type { Trap, Signal } from '../declaration';

/**
 * For the kinds that say that Nova has no such instance: its API reads every cell that Nova uses, we those we know of.
 * Until a cell has the row, it answers out of the build request (nova/compute/api.py, _get_instance, Zed).
 */
export const novaHasIt: Trap<Signal> = {
  id: 'nova-has-it',
  when: () => ({
    unknown: l10n.t('Nova’s API has the instance, and no cell that was read has a live row'),
    legitimate: l10n.t('no cell has a row of it yet, and Nova’s API has it by its build request'),
  }),
  check(_signal, { novaApi, buildRequestedAt, rows }) {
    if (novaApi !== 'present') return undefined;
    if (buildRequestedAt !== undefined && rows.length === 0) {
      return { verdict: 'legitimate', text: l10n.t('Nova’s API has it by its build request') };
    }
    return {
      verdict: 'unknown',
      text: l10n.t(
        'Nova’s API has the instance: it lives in a cell that was not read, or came back meanwhile',
      ),
    };
  },
  cleared: (_signal, { novaApi }) =>
    novaApi === 'absent'
      ? l10n.t('Nova’s API does not have it either')
      : l10n.t('Nova’s API does not say that it lives'),
};

/** For the kinds about what another service keeps for an instance: several Novas may share that service. */
export const novaSilent: Trap<Signal> = {
  id: 'nova-silent',
  when: () => ({
    suspected: l10n.t('Nova’s API was not asked about it, or did not answer (503 is not 404)'),
  }),
  check(_signal, { novaApi }) {
    if (novaApi !== undefined) return undefined;
    return { verdict: 'suspected', text: l10n.t('Nova’s API did not say that it has no such instance') };
  },
  cleared: () => l10n.t('Nova’s API was asked about it'),
};
