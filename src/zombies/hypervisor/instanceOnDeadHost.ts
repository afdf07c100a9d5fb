import * as l10n from '@vscode/l10n';
import type { Scene } from '../../model/scene';
import type { Rung } from '../../model/suspect';
import { afterMarking } from './afterMarking';
import { commonTraps } from '../traps/common';
import { computeServiceOf, type ComputeService } from '../computeService';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { liveRowTraps, softDeleted, type RowSignal } from '../traps/liveRow';
import { taskRunning } from '../traps/lives';
import { notLibvirt } from '../traps/notLibvirt';
import { isRead } from '../places';
import { proof } from '../proof';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { wishForRow } from '../wish';

interface DeadHostSignal extends RowSignal {
  readonly service: ComputeService;
}

function serviceOf(host: string, scene: Scene): ComputeService {
  return computeServiceOf(scene.hosts.get(host), scene);
}

function isDead(service: ComputeService): boolean {
  return service === 'dead' || service === 'missing';
}

const maintenance: Trap<DeadHostSignal> = {
  id: 'maintenance',
  when: () => ({ legitimate: l10n.t('nova-compute is only disabled, and reports') }),
  check({ service, host }) {
    if (service !== 'maintained') return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('nova-compute on {0} is disabled, and reports: the host is in maintenance', host ?? ''),
    };
  },
  cleared: () => l10n.t('nova-compute is not just disabled'),
};

function reports(host: string | undefined): string {
  return l10n.t('nova-compute on {0} is not dead', host ?? '');
}

/** An evacuation of what still runs makes a second writer. */
const machineRuns: Trap<DeadHostSignal> = {
  id: 'machine-runs',
  when: () => ({ suspected: l10n.t('the host answers, and has the domain: only nova-compute is dead') }),
  check({ host, service }, { domains }) {
    if (!isDead(service) || !domains.some((domain) => domain.host === host)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        '{0} answers and has the domain: only nova-compute is dead, and nothing is to be evacuated',
        host ?? '',
      ),
    };
  },
  cleared: ({ host, service }) =>
    isDead(service) ? l10n.t('{0} has no domain of it', host ?? '') : reports(host),
};

const hostProblem: Trap<DeadHostSignal> = {
  id: 'host-problem',
  when: () => ({ suspected: l10n.t('at least two instances are due on the dead host') }),
  check({ host, service }, _dossier, scene) {
    const count = scene.hosts.get(host ?? '')?.expectedDomains ?? 0;
    if (!isDead(service) || count < 2) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t(
        'first of all a host problem: {0} instances are due on {1}, whose nova-compute is dead',
        count,
        host ?? '',
      ),
    };
  },
  cleared: ({ host, service }) =>
    isDead(service) ? l10n.t('no other instance is due on the host') : reports(host),
};

function whyOf(host: string, service: ComputeService, scene: Scene): string {
  if (service === 'missing') return l10n.t('its row names {0}, and Nova knows no nova-compute there', host);
  if (service === 'maintained') return l10n.t('its row names {0}, whose nova-compute is disabled', host);
  return scene.hosts.get(host)?.service?.forcedDown === true
    ? l10n.t('its row names {0}, whose nova-compute was forced down', host)
    : l10n.t(
        'its row names {0}, whose nova-compute last reported {1}',
        host,
        scene.hosts.get(host)?.lastSeenUp ?? 'NULL',
      );
}

function evacuation(uuid: string): readonly Rung[] {
  return [
    {
      title: l10n.t(
        'when the machine is off for good (proven, not only unreachable): build it anew elsewhere',
      ),
      command: `openstack server evacuate ${uuid}`,
    },
    {
      title: l10n.t('when nobody wants it any more: the API deletes it without its nova-compute'),
      command: `openstack server delete ${uuid}`,
    },
  ];
}

/** Nobody acts on what Nova is asked about it. */
export const instanceOnDeadHost = declareKind<DeadHostSignal>({
  id: 'instance-on-dead-host',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['serviceDownMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with a host whose nova-compute is dead: Nova lists none there, it was forced down, or it last reported long ago. Not while it is being deleted. A host that Nova lists and that does not answer makes no candidates: it is shown as such; looked up, its instances are unknown.',
    ),
    causes: l10n.t('A host was taken out of service, or its service was deleted, with instances on it.'),
    fixes: l10n.t(
      'Start nova-compute. When the machine is off for good, `server evacuate` builds the instance anew elsewhere: never while it may run, since two writers destroy the disk. `server delete` works without its nova-compute (nova/compute/api.py, _local_delete); what is left on the host is reaped when nova-compute starts.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...liveRowTraps,
    softDeleted,
    taskRunning,
    maintenance,
    notLibvirt,
    machineRuns,
    hostProblem,
  ],
  candidate: ({ liveRows: rows }, scene) =>
    rows.some((row) => {
      const host = hostOf(row);
      if (host === undefined || isBeingDeleted(row) || !isDead(serviceOf(host, scene))) return false;
      return isRead(host, scene) || scene.hosts.get(host)?.listed !== true;
    }),
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    const host = hostOf(row);
    if (host === undefined) return l10n.t('the row names no host');
    if (isBeingDeleted(row)) return l10n.t('it is being deleted: its delete decides');
    const service = serviceOf(host, scene);
    if (service === 'up') return l10n.t('nova-compute on {0} is up', host);
    if (service === 'silent') return l10n.t('nova-compute on {0} is silent for a short time only', host);
    const since = isDead(service) ? scene.hosts.get(host)?.lastSeenUp : undefined;
    return {
      row,
      host,
      service,
      why: whyOf(host, service, scene),
      evidence: proof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: ({ row, host }, dossier, scene) => [
    {
      title: l10n.t('start nova-compute on {0}', host ?? ''),
      command: 'systemctl start nova-compute',
    },
    ...evacuation(dossier.uuid),
    // Its row is marked only where somebody wanted it gone.
    ...(wishForRow(row, dossier, scene) === undefined ? [] : [afterMarking(host ?? '')]),
  ],
  remedy({ row, host }, dossier, scene) {
    const steps = liveRowSteps(dossier, scene, [{ do: 'delete-server', id: dossier.uuid }]);
    // Without a wish no row is touched: its domain may run, and would lose its row.
    if (wishForRow(row, dossier, scene) !== undefined) {
      return {
        wanted: true,
        ...liveRowWays(scene),
        domains: dossier.domains,
        directories: distinct(dossier.directories, scene),
        manual: steps,
      };
    }
    return {
      wanted: false,
      depth: 'none',
      depths: scene.apis === true ? ['none', 'api'] : ['none'],
      domains: [],
      directories: [],
      manual: [
        {
          command: 'systemctl start nova-compute',
          why: l10n.t('on {0}: it takes care of its instances again', host ?? ''),
          depths: ['none'],
        },
        ...steps.filter(({ depths }) => depths?.includes('api')),
      ],
    };
  },
});
