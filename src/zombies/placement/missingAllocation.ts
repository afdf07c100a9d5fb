import * as l10n from '@vscode/l10n';
import { placementSourceId } from '../../model/source';
import { latest } from '../ages';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { indexOf } from '../sceneIndex';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { tooYoung } from '../traps/young';
import { placementProof } from './placementProof';

/** A node is allocated by its own resource class: nova/virt/ironic/driver.py, update_provider_tree (Zed). */
const ironic: Trap<RowSignal> = {
  id: 'ironic',
  when: () => ({ legitimate: l10n.t('its host is one of Ironic') }),
  check({ row }, _dossier, scene) {
    const host = scene.hosts.get(hostOf(row) ?? '');
    if (host?.hypervisorType?.toLowerCase() !== 'ironic') return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        '{0} is one of Ironic: what a node is allocated by is not the flavor’s VCPU and memory',
        host.name,
      ),
    };
  },
  cleared: () => l10n.t('its host is not one of Ironic'),
};

function heal(uuid: string): string {
  return `nova-manage placement heal_allocations --instance ${uuid}`;
}

/** The scheduler takes its room for free, and fills the host twice. */
export const missingAllocation = declareKind<RowSignal>({
  id: 'missing-allocation',
  needs: ['api-database', 'cell', 'placement'],
  signs: ['no-allocation'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with a host and a node, and no allocation of it in Placement. Not for what is being built or deleted, nor for shelved and offloaded instances.',
    ),
    causes: l10n.t(
      'The allocations were deleted by hand or by an audit, Placement was restored or made anew, or a move was reverted only in part.',
    ),
    fixes: l10n.t(
      '`nova-manage placement heal_allocations --instance` makes them from the flavor; with `--dry-run` it shows them. It passes over an instance with a task, and refuses one whose flavor has vGPUs or a device profile (nova/cmd/manage.py, _heal_allocations_for_instance). Nothing is removed.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    ironic,
    tooYoung({
      times: (_signal, dossier) => [
        latest([
          ...liveRows(dossier).flatMap(({ createdAt, launchedAt }) => [createdAt, launchedAt]),
          ...dossier.migrations.map(({ updatedAt }) => updatedAt),
        ]),
      ],
    }),
  ],
  signal(dossier, scene) {
    const { allocations, consumer } = dossier;
    // A Placement that was not read shows of every instance that nothing is there.
    if (indexOf(scene).sources.get(placementSourceId)?.complete !== true)
      return l10n.t('Placement was not read: whether it has an allocation is not known');
    if (allocations.length > 0 || (consumer?.allocations ?? 0) > 0)
      return l10n.t('Placement has allocations of it');
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    const host = hostOf(row);
    // heal_allocations passes over a row without a node: "Instance %s is not on a host."
    if (host === undefined || row.node === null) return l10n.t('the row names no host, or no node');
    if (isBeingDeleted(row) || row.vmState === 'building' || row.vmState === 'shelved_offloaded')
      return l10n.t('no allocation is due: {0}', stateOf(row));
    return {
      row,
      host,
      why: l10n.t('Nova has it on {0} ({1}), and Placement has no allocation of it', host, stateOf(row)),
      evidence: placementProof(dossier, scene),
    };
  },
  ladder: (_signal, { uuid }) => [
    { title: l10n.t('let Nova show what it would allocate'), command: `${heal(uuid)} --dry-run` },
    { title: l10n.t('let Nova allocate it by the flavor; nothing is removed'), command: heal(uuid) },
  ],
  remedy: (_signal, { uuid }) =>
    stepsOnly([
      { command: heal(uuid), why: l10n.t('the repair: Nova allocates by the flavor what the instance uses') },
    ]),
});
