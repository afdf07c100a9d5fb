import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { LiveRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { Remedy, Rung } from '../../model/suspect';
import { isOlder } from '../ages';
import { afterMarking } from './afterMarking';
import { commonTraps } from '../traps/common';
import type { Trap } from '../declaration';
import { liveRowTraps, type RowSignal } from '../traps/liveRow';
import { notLibvirt } from '../traps/notLibvirt';
import { proof } from '../proof';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { listed } from '../words';

/** What the two kinds of a delete that broke off on a host have in common. */

const domainElsewhere: Trap<RowSignal> = {
  id: 'domain-elsewhere',
  when: () => ({ suspected: l10n.t('a domain is on another host than the row names') }),
  check({ row }, dossier) {
    const elsewhere = dossier.domains.filter(({ host }) => host !== row.host).map(({ host }) => host);
    if (elsewhere.length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the row names {0}, but a domain is on {1}', row.host ?? 'NULL', listed(elsewhere)),
    };
  },
  cleared: () => l10n.t('no domain is on another host than the row names'),
};

export const unfinishedDeleteTraps: readonly Trap<RowSignal>[] = [
  ...commonTraps,
  ...liveRowTraps,
  domainElsewhere,
  notLibvirt,
];

function begunAt(row: LiveRow): string | null {
  return row.updatedAt ?? row.createdAt;
}

/** Of a row with a host: that of one without is another kind. */
export function isUnfinished(row: LiveRow, scene: Scene): boolean {
  return (
    hostOf(row) !== undefined &&
    isBeingDeleted(row) &&
    isOlder(begunAt(row), scene.thresholds.deletingMinutes, scene)
  );
}

/** The live row whose delete was begun, as a signal; or in one line why there is none, or not yet. */
export function unfinishedDelete(
  isOfKind: (row: LiveRow) => boolean,
  dossier: Dossier,
  scene: Scene,
): RowSignal | string {
  const live = liveRows(dossier);
  const [first] = live;
  if (first === undefined) return l10n.t('there is no live row');
  const row = live.find((each) => isOfKind(each) && hostOf(each) !== undefined);
  if (row === undefined) {
    return live.some(isOfKind)
      ? l10n.t('it is being deleted, but names no host')
      : l10n.t('no such delete was begun: {0}', stateOf(first));
  }
  const begun = begunAt(row) ?? 'NULL';
  if (!isUnfinished(row, scene)) {
    return l10n.t(
      'a delete is under way since {0}; it counts as stuck after {1} minutes',
      begun,
      scene.thresholds.deletingMinutes,
    );
  }
  return {
    row,
    host: hostOf(row) ?? '',
    why:
      dossier.domains.length > 0
        ? l10n.t(
            'a delete was begun and not finished since {0}: the row is still live, and so is the domain',
            begun,
          )
        : l10n.t('a delete was begun and not finished since {0}: the row is still live', begun),
    evidence: proof(dossier, scene),
    since: begun,
  };
}

export function finishingRungs({ host }: RowSignal, { uuid }: Dossier): readonly Rung[] {
  return [
    {
      title: l10n.t('restart nova-compute on {0}: it finishes deletes when it starts', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
    {
      title: l10n.t('take it out of deleting (a second delete is ignored there)'),
      command: `openstack server set --state error ${uuid}`,
    },
    { title: l10n.t('then delete it again'), command: `openstack server delete ${uuid}` },
    { title: l10n.t('SQL, when the API or nova-compute cannot: mark the row as Nova does') },
    afterMarking(host ?? ''),
  ];
}

export function finishingRemedy(_signal: RowSignal, dossier: Dossier, scene: Scene): Remedy {
  return {
    wanted: true,
    ...liveRowWays(scene),
    domains: dossier.domains,
    directories: distinct(dossier.directories, scene),
    manual: liveRowSteps(dossier, scene, [
      { do: 'reset-state', id: dossier.uuid, state: 'error' },
      { do: 'delete-server', id: dossier.uuid },
    ]),
  };
}
