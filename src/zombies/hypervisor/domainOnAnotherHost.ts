import * as l10n from '@vscode/l10n';
import { isActive } from '../../model/domain';
import type { RowRepair } from '../../model/rowRepair';
import type { Scene } from '../../model/scene';
import { isLibvirt } from '../../model/hypervisor';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { elsewhereTraps, type ElsewhereSignal } from '../traps/elsewhere';
import { hiddenCopy, twoLiveRows } from '../traps/liveRow';
import { instanceLives, taskRunning } from '../traps/lives';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows } from '../rows';

const foreignHost: Trap<ElsewhereSignal> = {
  id: 'foreign-host',
  when: () => ({ unknown: l10n.t('Nova does not list the host of the domain in the cell of the row') }),
  check({ row, host = '' }, _dossier, scene) {
    const facts = scene.hosts.get(host);
    if (facts?.listed === true && facts.cells.includes(row.cell)) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('Nova does not list {0} in the cell of the row: no row may point there', host),
    };
  },
  cleared: ({ host }) => l10n.t('Nova lists {0} in the cell of the row', host ?? ''),
};

const homeUnseen: Trap<ElsewhereSignal> = {
  id: 'home-unseen',
  when: () => ({
    unknown: l10n.t('the host of the row has no libvirt: whether the machine is there cannot be seen'),
  }),
  check({ home }, _dossier, scene) {
    if (home === undefined || isLibvirt(scene.hosts.get(home)?.hypervisorType)) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('whether the machine is on {0} cannot be seen: there is no libvirt', home),
    };
  },
  cleared: () => l10n.t('the host of the row runs libvirt'),
};

/** A domain that is off may be what an evacuation or a failed migration left; its disk may be the older one. */
const diskAtHome: Trap<ElsewhereSignal> = {
  id: 'disk-at-home',
  when: () => ({
    unknown: l10n.t('the domain does not run, and the host of the row has a directory of its own for it'),
  }),
  check({ strays, home }, { directories }, scene) {
    if (strays.some(isActive)) return undefined;
    const disk = directories.find(({ host, suffix }) => host === home && suffix === '');
    if (disk === undefined || scene.hosts.get(disk.host)?.sharedStorage === true) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'its domain does not run, and {0} has a disk of it too: which is the newer is not known',
        disk.host,
      ),
    };
  },
  cleared: () => l10n.t('the domain runs, or the host of the row has no disk of it'),
};

/**
 * The node goes along with the host (nova/compute/resource_tracker.py, _set_instance_host_and_node, Zed), and so does
 * compute_id, where the release has it. None where they would be a guess.
 */
function moveOf({ row, host = '', home }: ElsewhereSignal, scene: Scene): readonly RowRepair[] {
  const [node, ...others] = scene.hosts.get(host)?.computeNodes ?? [];
  if (home === undefined || node?.cell !== row.cell || others.length > 0) return [];
  const to = { host, node: node.hypervisorHostname, computeId: node.id };
  return [{ do: 'move-row', cell: row.cell, from: home, ...to }];
}

/** The only domain of a live instance is not where its row says: it is the instance itself. */
export const domainOnAnotherHost = declareKind<ElsewhereSignal>({
  id: 'domain-on-another-host',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row, and the only domain of it on a host that the row does not name. Not while it is being deleted.',
    ),
    causes: l10n.t(
      'A live migration failed in its last step, after the domain had moved; or the host in the row was changed by hand.',
    ),
    fixes: l10n.t(
      'Nothing of it is ever removed. Let a migration finish, and never start a second copy (bug 1414065: two writers destroy the disk). Last, the row is pointed at the host where the domain is, with its node (nova/compute/resource_tracker.py, _set_instance_host_and_node) and, since 2023.2, its compute_id: a pick, offered where Nova lists that host with one compute node, in the cell of the row.',
    ),
  }),
  traps: [
    ...commonTraps,
    hiddenCopy,
    twoLiveRows,
    taskRunning,
    ...elsewhereTraps,
    foreignHost,
    homeUnseen,
    diskAtHome,
    instanceLives,
  ],
  candidate: ({ domains, liveRows: rows }) =>
    rows.length > 0 && domains.some(({ host }) => !rows.some((row) => row.host === host)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [row] = live;
    const [domain, ...others] = dossier.domains;
    if (row === undefined) return l10n.t('there is no live row');
    if (domain === undefined) return l10n.t('no host that was read has a domain of it');
    if (live.some(isBeingDeleted)) return l10n.t('it is being deleted: its delete decides on the domain');
    if (others.length > 0) return l10n.t('more than one host has a domain of it');
    if (live.some((each) => hostOf(each) === domain.host)) {
      return l10n.t('the domain is where the row says: {0}', domain.host);
    }
    const home = hostOf(row);
    return {
      row,
      strays: [domain],
      ...(home === undefined ? {} : { home }),
      host: domain.host,
      why: l10n.t(
        'the only domain of a live instance is on {0}, while its row names {1}: it is the instance itself',
        domain.host,
        home ?? 'NULL',
      ),
      evidence: proof(dossier, scene),
      ...(row.updatedAt === null ? {} : { since: row.updatedAt }),
    };
  },
  ladder: ({ host, home }, { uuid }) => [
    {
      title: l10n.t('look for a migration that has yet to end'),
      command: `openstack server migration list --server ${uuid}`,
    },
    {
      title: l10n.t(
        'never reboot or start it through Nova before this is settled: {0} would make a second copy of what runs on {1}',
        home ?? '',
        host ?? '',
      ),
    },
    {
      title: l10n.t('SQL: point the row at {0}, with its node, and its compute_id since 2023.2', host ?? ''),
    },
    {
      title: l10n.t('then restart nova-compute on {0}: it takes the instance into its accounts', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
  ],
  remedy(signal, _dossier, scene) {
    const repairs = moveOf(signal, scene);
    const nothing = { wanted: false, depth: 'none', domains: [], directories: [], manual: [] } as const;
    return repairs.length === 0
      ? { ...nothing, depths: ['none'] }
      : { ...nothing, depths: ['none', 'repair'], repairs };
  },
});
