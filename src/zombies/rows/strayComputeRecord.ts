import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { ComputeRecord } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { cellSourceId } from '../../model/source';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { recordTraps } from '../traps/common';
import { listed } from '../words';

interface RecordSignal extends Signal {
  readonly record: ComputeRecord;
}

const ironic: Trap<RecordSignal> = {
  id: 'ironic',
  when: () => ({
    legitimate: l10n.t(
      'Ironic: one nova-compute has many nodes or none, and nodes change from one to another',
    ),
  }),
  check({ record }, _dossier, scene) {
    const type = record.hypervisorType ?? scene.hosts.get(record.host)?.hypervisorType;
    if (type?.toLowerCase() !== 'ironic') return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it is of Ironic: nova-compute there has many nodes or none, and they change'),
    };
  },
  cleared: () => l10n.t('it is not of Ironic'),
};

/** Of a host that was installed anew, the record that reports is its own, and so are the instances that name it. */
function isAlive({ lastSeenUp }: ComputeRecord, scene: Scene): boolean {
  const isTime = !Number.isNaN(Date.parse(lastSeenUp ?? ''));
  return isTime && !isOlder(lastSeenUp, scene.thresholds.serviceDownMinutes, scene);
}

/** Bug 1419785: under its new name nova-compute takes the instances of the old one for deleted. */
const hostsInstances: Trap<RecordSignal> = {
  id: 'hosts-instances',
  when: () => ({
    unknown: l10n.t('live rows name it, and it does not report: the host may only have been renamed'),
  }),
  check({ record }, _dossier, scene) {
    if (record.instances === 0 || isAlive(record, scene)) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('{0} live instances name it: was the host renamed?', record.instances),
    };
  },
  cleared: () => l10n.t('no live instance names it, or it reports and they are its own'),
};

const reports: Trap<RecordSignal> = {
  id: 'reports',
  when: () => ({
    legitimate: l10n.t('its nova-compute reported a short time ago'),
    suspected: l10n.t('when it last reported is not known'),
  }),
  check({ record }, _dossier, scene) {
    const { lastSeenUp } = record;
    if (isOlder(lastSeenUp, scene.thresholds.serviceDownMinutes, scene)) return undefined;
    return isAlive(record, scene)
      ? { verdict: 'legitimate', text: l10n.t('it reported at {0}: it is alive', lastSeenUp ?? '') }
      : { verdict: 'suspected', text: l10n.t('when it last reported is not known') };
  },
  cleared: ({ record: { lastSeenUp } }) => l10n.t('it last reported at {0}', lastSeenUp ?? ''),
};

function whyOf({ table, twins, otherCells = [] }: ComputeRecord): string {
  if (otherCells.length > 0) return l10n.t('another cell has a row of {0} for the same host', table);
  if (twins.length > 0) return l10n.t('other rows of {0} say the same host and node', table);
  return table === 'services'
    ? l10n.t('a nova-compute without any compute node')
    : l10n.t('a compute node without its nova-compute');
}

function recordText({ table, id, host, node, twins }: ComputeRecord): string {
  return l10n.t(
    '{0}: id {1}, host {2}, node {3}, twins {4}',
    table,
    id,
    host,
    node ?? 'NULL',
    twins.length === 0 ? '0' : listed(twins.map(String)),
  );
}

function isService({ computeRecord }: Dossier): boolean {
  return computeRecord?.table === 'services';
}

/** A row of a compute service or node that a host which is no more left behind. */
export const strayComputeRecord = declareKind<RecordSignal>({
  id: 'stray-compute-record',
  subject: 'compute-record',
  needs: ['api-database', 'cell'],
  signs: ['stray-compute-record'],
  thresholds: ['serviceDownMinutes'],
  about: () => ({
    signal: l10n.t(
      'A row of `services` (nova-compute) without a row of `compute_nodes`, or the reverse, or one that another row repeats, in its cell or in another.',
    ),
    causes: l10n.t(
      'The host was renamed, reinstalled or taken away without `compute service delete`, or one of the rows was deleted by hand.',
    ),
    fixes: l10n.t(
      '`openstack compute service delete`, after nova-compute there was stopped: it takes along nodes, resource providers, aggregates and the host mapping, and refuses while instances or migrations are there (nova/api/openstack/compute/services.py, delete). A node goes when nova-compute of its host runs and does not report it (nova/compute/manager.py, update_available_resource). Rows are never deleted by hand.',
    ),
  }),
  traps: [...recordTraps, ironic, hostsInstances, reports],
  signal({ computeRecord: record }, scene) {
    if (record === undefined) return l10n.t('it is no row of a compute service or node');
    if (record.twins.length === 0 && record.otherCells === undefined && record.hasCounterpart) {
      return l10n.t('it is the only one of its host and node, and has its counterpart');
    }
    return {
      record,
      host: record.host,
      why: whyOf(record),
      evidence: [seen(cellSourceId(record.cell), recordText(record), scene)],
      ...(record.lastSeenUp === undefined ? {} : { since: record.lastSeenUp }),
    };
  },
  ladder({ host }, dossier) {
    return isService(dossier)
      ? [
          { title: l10n.t('stop nova-compute on {0}, if the host is still there', host ?? '') },
          {
            title: l10n.t('then delete the service, which takes its nodes and resource providers along'),
            command: `openstack --os-compute-api-version 2.53 compute service delete ${dossier.uuid}`,
          },
        ]
      : [
          {
            title: l10n.t('start nova-compute on {0}: it removes nodes that it does not report', host ?? ''),
          },
        ];
  },
  remedy: (_signal, dossier) =>
    isService(dossier)
      ? {
          ...stepsOnly(),
          manual: [
            {
              command: `openstack --os-compute-api-version 2.53 compute service delete ${dossier.uuid}`,
              why: l10n.t('stop nova-compute there first, or it makes its rows anew'),
            },
          ],
        }
      : stepsOnly(),
});
