import * as l10n from '@vscode/l10n';
import type { Migration } from '../../model/facts';
import type { Trap } from '../declaration';
import { migrationsInProgress } from '../migrations';
import { liveRows } from '../rows';
import type { RowSignal } from '../traps/liveRow';
import { listed } from '../words';

/** `row` is the live one, or else a deleted one. */
export interface MigrationSignal extends RowSignal {
  readonly stuck: readonly Migration[];
}

const anotherMoves: Trap<MigrationSignal> = {
  id: 'another-moves',
  when: () => ({ unknown: l10n.t('another migration of it is in progress, and young') }),
  check({ stuck }, dossier) {
    const young = migrationsInProgress(dossier).find((migration) => !stuck.includes(migration));
    if (young === undefined) return undefined;
    return { verdict: 'unknown', text: l10n.t('migration {0} is in progress, and not stuck', young.id) };
  },
  cleared: () => l10n.t('no other migration of it is in progress'),
};

/**
 * nova-compute of the source looks for accepted, pre-migrating and done evacuations when it comes back, and destroys
 * the stale copy by them (nova/compute/manager.py, _destroy_evacuated_instances, Zed): with error it would stay.
 */
const evacuation: Trap<MigrationSignal> = {
  id: 'evacuation',
  when: () => ({
    unknown: l10n.t(
      'an evacuation: the source, when it comes back, destroys its stale copy by this very row',
    ),
  }),
  check({ stuck }) {
    const found = stuck.find(({ type }) => type === 'evacuation');
    if (found === undefined) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'migration {0} is an evacuation: by this row the source destroys its stale copy when it comes back',
        found.id,
      ),
    };
  },
  cleared: () => l10n.t('it is no evacuation'),
};

const domainOnTwoHosts: Trap<MigrationSignal> = {
  id: 'domain-on-two-hosts',
  when: () => ({ unknown: l10n.t('two hosts have a domain of it: it may be moving') }),
  check(_signal, { domains }) {
    const hosts = [...new Set(domains.map(({ host }) => host))];
    if (hosts.length < 2) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('a domain of it is on {0}: it may still be moving', listed(hosts)),
    };
  },
  cleared: () => l10n.t('no two hosts have a domain of it'),
};

/** VERIFY_RESIZE: a confirm or a revert works on the migration as it is. */
const waitsForConfirm: Trap<MigrationSignal> = {
  id: 'waits-for-confirm',
  when: () => ({ legitimate: l10n.t('`vm_state` is resized: confirm or revert is due') }),
  check(_signal, dossier) {
    if (!liveRows(dossier).some(({ vmState }) => vmState === 'resized')) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('vm_state is resized: the migration is needed to confirm or revert it'),
    };
  },
  cleared: () => l10n.t('no live row is resized'),
};

/** What explains a migration that does not move. */
export const migrationTraps: readonly Trap<MigrationSignal>[] = [
  waitsForConfirm,
  anotherMoves,
  evacuation,
  domainOnTwoHosts,
];
