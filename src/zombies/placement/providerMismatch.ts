import * as l10n from '@vscode/l10n';
import type { ResourceProvider } from '../../model/facts';
import { placementSourceId } from '../../model/source';
import type { ManualStep } from '../../model/suspect';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { recordTraps } from '../traps/common';
import { tooYoung } from '../traps/young';
import { listed } from '../words';

interface ProviderSignal extends Signal {
  readonly provider: ResourceProvider;
}

/** Placement refuses to delete it then: placement/objects/resource_provider.py, ResourceProviderInUse. */
const stillHeld: Trap<ProviderSignal> = {
  id: 'still-held',
  when: () => ({ suspected: l10n.t('consumers hold something on it, or below') }),
  check({ provider }) {
    if (provider.consumers === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        '{0} consumers hold something on it: whether each of them is still on that host is to be seen first',
        provider.consumers,
      ),
    };
  },
  cleared: () => l10n.t('no consumer holds anything on it'),
};

const noNamesake: Trap<ProviderSignal> = {
  id: 'no-namesake',
  when: () => ({
    suspected: l10n.t(
      'no compute node has its name: the host may be renamed, or it is that of another service',
    ),
  }),
  check({ provider }) {
    if (provider.namesakes.length > 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'no compute node has its name: its host was removed or is being renamed, or another service made it',
      ),
    };
  },
  cleared: ({ provider }) =>
    l10n.t('a compute node has its name, and another UUID: {0}', listed(provider.namesakes)),
};

const made = tooYoung<ProviderSignal>({ times: ({ provider }) => [provider.createdAt] });

/** Placement's API tells when it last changed, and not when it was made: long ago is long ago either way. */
const madeJustNow: Trap<ProviderSignal> = {
  ...made,
  when: () => ({
    ...made.when(),
    suspected: l10n.t(
      'only Placement’s API was read, which says that it changed a short time ago: it may have been made then',
    ),
  }),
  check(signal, dossier, scene) {
    const { changedAt } = signal.provider;
    if (changedAt === undefined) return made.check(signal, dossier, scene);
    if (isOlder(changedAt, scene.thresholds.strayMinutes, scene)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('it changed at {0}; whether it was made then, Placement’s API does not tell', changedAt),
    };
  },
};

function providerText({ name, createdAt, changedAt, consumers }: ResourceProvider): string {
  return changedAt === undefined
    ? l10n.t('resource_providers: {0}, made {1}, {2} consumers', name, createdAt ?? 'NULL', consumers)
    : l10n.t('resource_providers: {0}, last changed {1}, {2} consumers', name, changedAt, consumers);
}

function stepsFor(uuid: string, { consumers }: ResourceProvider): readonly ManualStep[] {
  const held: ManualStep = {
    command: `openstack resource provider show --allocations ${uuid}`,
    why: l10n.t(
      'for each consumer: `openstack resource provider allocation unset --provider` where the instance is not there any more, `nova-manage placement heal_allocations` afterwards where it is',
    ),
  };
  return [
    ...(consumers > 0 ? [held] : []),
    {
      command: `openstack resource provider delete ${uuid}`,
      why: l10n.t('Placement refuses while anything is allocated on it'),
    },
    {
      command: 'systemctl restart nova-compute',
      why: l10n.t('on the host of that name: it makes a provider of its own UUID'),
    },
  ];
}

/** The name is taken, so nova-compute cannot make its own: 409 (nova/scheduler/client/report.py, Zed). */
export const providerMismatch = declareKind<ProviderSignal>({
  id: 'provider-mismatch',
  subject: 'resource-provider',
  needs: ['api-database', 'cell', 'placement'],
  signs: ['provider-mismatch'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A root resource provider that has the name of a compute node, or holds what live instances use, and the UUID of no compute node.',
    ),
    causes: l10n.t(
      'The row of `compute_nodes` was made anew, or restored from a backup, with another UUID: Placement refuses a second provider of that name (bug 1817833). Or a host was renamed, or Placement was restored. Many at once mean that a cell database was restored, or is the wrong one.',
    ),
    fixes: l10n.t(
      'Let go of the allocations on it, delete it, restart nova-compute, which then makes its own; `nova-manage placement heal_allocations` for the instances that are there (nova doc, admin/troubleshooting/rebuild-placement-db.rst). By hand only.',
    ),
  }),
  traps: [...recordTraps, madeJustNow, stillHeld, noNamesake],
  signal({ uuid, provider }, scene) {
    if (provider === undefined) return l10n.t('it is no resource provider');
    if (provider.namesakes.includes(uuid)) return l10n.t('a compute node has its UUID');
    const since = provider.createdAt ?? provider.changedAt;
    return {
      provider,
      why: l10n.t('the resource provider {0} has the UUID of no compute node', provider.name),
      evidence: [seen(placementSourceId, providerText(provider), scene)],
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: ({ provider }, { uuid }) =>
    stepsFor(uuid, provider).map(({ command, why }) => ({ title: why, command })),
  remedy: ({ provider }, { uuid }) => stepsOnly(stepsFor(uuid, provider)),
});
