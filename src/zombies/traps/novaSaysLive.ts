import * as l10n from '@vscode/l10n';
import type { Signal, Trap } from '../declare';

/** For the kinds that say that Nova has no live row: its API reads every cell that Nova uses, we those we know of. */
export const novaSaysLive: Trap<Signal> = {
  id: 'nova-says-live',
  when: () => ({ unknown: l10n.t('Nova’s own API has the instance') }),
  check(_signal, { novaApi }) {
    if (novaApi !== 'present') return undefined;
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
