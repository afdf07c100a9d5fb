import * as l10n from '@vscode/l10n';
import type { Glimpse } from '../../model/dossier';
import type { InstanceRow, LiveRow } from '../../model/facts';
import type { HostFacts, Scene } from '../../model/scene';
import { isLibvirt } from '../../model/hypervisor';
import { isOlder, latest } from '../ages';
import { afterMarking } from './afterMarking';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { liveRowTraps, type RowSignal } from '../traps/liveRow';
import { taskRunning } from '../traps/lives';
import { isRead } from '../places';
import { proof } from '../proof';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { wishForRow } from '../wish';

/** States in which Nova keeps the domain defined: nova/compute/vm_states.py. */
const domainDue: ReadonlySet<string> = new Set([
  'active',
  'paused',
  'suspended',
  'stopped',
  'rescued',
  'resized',
  'shelved',
  'error',
]);

function isTroubled(host: HostFacts | undefined): host is HostFacts {
  return host !== undefined && host.missingDomains >= 2 && host.missingDomains * 2 >= host.expectedDomains;
}

const hostProblem: Trap<RowSignal> = {
  id: 'host-problem',
  when: () => ({
    suspected: l10n.t('at least two domains, and at least half of those due on the host, are missing'),
  }),
  check({ row }, _dossier, scene) {
    const host = scene.hosts.get(row.host ?? '');
    if (!isTroubled(host)) return undefined;
    const text = l10n.t(
      'first of all a host problem: {0} of {1} domains that are due on {2} are missing',
      host.missingDomains,
      host.expectedDomains,
      host.name,
    );
    return { verdict: 'suspected', text };
  },
  cleared: () => l10n.t('the other domains of the host are there'),
};

/** In one line why no domain is due, or is not missing. Undefined: it is due, and not there. */
function whyNotDue(row: LiveRow, known: Pick<Glimpse, 'domains'>, scene: Scene): string | undefined {
  const host = hostOf(row);
  if (host === undefined) return l10n.t('the row names no host');
  if (!isLibvirt(scene.hosts.get(host)?.hypervisorType))
    return l10n.t('{0} does not run libvirt: there are no domains', host);
  if (known.domains.length > 0) {
    return l10n.t('the domain is on {0}', known.domains.map((domain) => domain.host).join(', '));
  }
  if (isBeingDeleted(row) || row.taskState === 'soft-deleting') return l10n.t('it is being deleted');
  if (row.vmState === null || !domainDue.has(row.vmState))
    return l10n.t('no domain is due: {0}', stateOf(row));
  // A domain is defined anew by a build, a rebuild, an unshelve: launched_at tells of each.
  const began = latest([row.createdAt, row.launchedAt, row.taskState === null ? null : row.updatedAt]);
  return isOlder(began, scene.thresholds.buildingMinutes, scene)
    ? undefined
    : l10n.t('it was built, or a task began, a short time ago');
}

function whyOf(row: InstanceRow, host: string, scene: Scene): string {
  return isRead(host, scene)
    ? l10n.t('Nova has it on {0} ({1}), and libvirt has no such domain there', host, stateOf(row))
    : l10n.t('Nova has it on {0} ({1}), and whether libvirt has the domain is not known', host, stateOf(row));
}

/** Nova says that it runs, and its hypervisor does not know it. Mostly a customer's machine with an intact disk. */
export const domainGone = declareKind<RowSignal>({
  id: 'domain-gone',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['buildingMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with a libvirt host, in a state in which Nova keeps a domain defined (active, paused, suspended, stopped, rescued, resized, shelved, error), and no domain of it on any host. Not for what was built, or whose task began, a short time ago, nor for what is being deleted. A host that did not answer makes no candidates; looked up, such an instance is unknown.',
    ),
    causes: l10n.t(
      'The domain was undefined by hand, its definition was lost with the host’s disk, or a delete broke off half-way.',
    ),
    fixes: l10n.t(
      'Look at the host first. `server reboot --hard` defines the domain anew from Nova’s own records, and the disk is mostly intact: the only thing that is drafted unless a delete was wanted. With such a wish, the API deletes it; SQL marks the row deleted, with the directory.',
    ),
  }),
  traps: [...commonTraps, ...liveRowTraps, taskRunning, hostProblem],
  // A host that did not answer makes no candidates: nothing was seen to be missing there.
  candidate: (glimpse, scene) =>
    glimpse.liveRows.some(
      (row) => isRead(row.host ?? '', scene) && whyNotDue(row, glimpse, scene) === undefined,
    ),
  signal(dossier, scene) {
    const reasons: string[] = [];
    for (const row of liveRows(dossier)) {
      const reason = whyNotDue(row, dossier, scene);
      if (reason === undefined) {
        const host = hostOf(row) ?? '';
        return { row, host, why: whyOf(row, host, scene), evidence: proof(dossier, scene) };
      }
      reasons.push(reason);
    }
    return reasons[0] ?? l10n.t('there is no live row');
  },
  ladder: ({ host }, { uuid }) => [
    { title: l10n.t('look at {0} first: is its libvirt the right one, is its storage mounted', host ?? '') },
    {
      title: l10n.t('let Nova define the domain anew: the disk is mostly intact'),
      command: `openstack server reboot --hard ${uuid}`,
    },
    { title: l10n.t('when nobody wants it any more'), command: `openstack server delete ${uuid}` },
    { title: l10n.t('SQL, when the API cannot delete it and its owner gave it up') },
    afterMarking(host ?? ''),
  ],
  remedy({ row }, dossier, scene) {
    const steps = liveRowSteps(dossier, scene, [{ do: 'delete-server', id: dossier.uuid }]);
    if (wishForRow(row, dossier, scene) !== undefined) {
      return {
        wanted: true,
        ...liveRowWays(scene),
        domains: [],
        directories: distinct(dossier.directories, scene),
        manual: steps,
      };
    }
    return {
      wanted: false,
      depth: 'none',
      depths: ['none', ...liveRowWays(scene).depths],
      domains: [],
      directories: [],
      manual: [
        {
          command: `openstack server reboot --hard ${dossier.uuid}`,
          why: l10n.t('the repair: Nova defines the domain anew from its own records'),
          depths: ['none'],
        },
        ...steps,
      ],
    };
  },
});
