import * as l10n from '@vscode/l10n';
import type { Consumer } from '../../model/facts';
import type { Trap, Signal } from '../declaration';
import { isInProgress, isUnconfirmed } from '../migrations';
import { wishForGone } from '../wish';

type Mover = NonNullable<Consumer['migration']>;

/** While an instance moves, its migration is the consumer on the source: nova/conductor/tasks/migrate.py (Zed). */
const holdsForMigration: Trap<Signal> = {
  id: 'holds-for-migration',
  when: () => ({
    unknown: l10n.t('the consumer is a migration that is not over, or one that no cell has'),
    legitimate: l10n.t('the consumer is a migration that waits for confirm or revert'),
    suspected: l10n.t('the consumer is a migration that is over'),
  }),
  check(_signal, { consumer }) {
    if (consumer?.migration !== undefined) return ofMigration(consumer.migration);
    if (consumer?.type !== 'MIGRATION') return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('Placement calls it a migration, and no cell has a migration of that UUID'),
    };
  },
  cleared: (_signal, { consumer }) =>
    consumer?.migration === undefined
      ? l10n.t('it is no migration')
      : l10n.t('the instance that it moved is deleted'),
};

function ofMigration({ status, instance, deleted }: Mover): ReturnType<Trap<Signal>['check']> {
  if (deleted) return undefined;
  if (isUnconfirmed(status)) {
    return {
      verdict: 'legitimate',
      text: l10n.t('a resize of {0} waits for confirm or revert: the revert needs what this holds', instance),
    };
  }
  return isInProgress(status)
    ? { verdict: 'unknown', text: l10n.t('it is a migration of {0} that is in progress', instance) }
    : {
        verdict: 'suspected',
        text: l10n.t(
          'it is a migration of {0} that is over ({1}): look at it first',
          instance,
          status ?? 'NULL',
        ),
      };
}

/** Types are free words of whoever allocates; Nova gives none until Zed: nova/scheduler/client/report.py. */
const anotherService: Trap<Signal> = {
  id: 'another-service',
  when: () => ({
    legitimate: l10n.t('the consumer has a type that is neither INSTANCE nor MIGRATION'),
  }),
  check(_signal, { consumer }) {
    const type = consumer?.type;
    if (type === undefined || ['INSTANCE', 'MIGRATION', 'unknown'].includes(type)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('its consumer type is {0}: another service than Nova holds this', type),
    };
  },
  cleared: () => l10n.t('its consumer type is not that of another service'),
};

/** Blazar, Cyborg or the Nova of another region may share this Placement. */
const neverKnown: Trap<Signal> = {
  id: 'never-known',
  when: () => ({
    suspected: l10n.t('nothing shows that it ever was an instance of this cloud'),
  }),
  check(_signal, dossier) {
    const { mapping, consumer } = dossier;
    if (mapping !== undefined || consumer?.migration !== undefined || wishForGone(dossier) !== undefined)
      return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'nothing shows that it ever was an instance of this cloud: another service, or another Nova, may hold this',
      ),
    };
  },
  cleared: () => l10n.t('this cloud knows it'),
};

/** A consumer is an instance, a migration, or something of another service. */
export const consumerTraps: readonly Trap<Signal>[] = [holdsForMigration, anotherService, neverKnown];
