import * as l10n from '@vscode/l10n';
import type { BareMetalNode } from '../../model/facts';
import type { ManualStep } from '../../model/suspect';
import { isUuid } from '../../model/uuid';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { whyNotGone } from '../gone';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { goneTraps } from '../traps/gone';
import { novaHasIt, novaSilent } from '../traps/novaHasIt';
import { tooYoung } from '../traps/young';
import { wishForGone } from '../wish';
import { listed } from '../words';

interface NodeSignal extends Signal {
  readonly nodes: readonly BareMetalNode[];
}

/** From these Ironic undeploys: ironic/common/states.py. */
const deployed: ReadonlySet<string> = new Set([
  'active',
  'error',
  'deploy failed',
  'rescue',
  'rescue failed',
  'unrescue failed',
  'service failed',
]);

/** In these nothing is deployed on it, and nothing moves. */
const idle: ReadonlySet<string> = new Set(['enroll', 'manageable', 'available', 'clean failed']);

/** Ironic without Nova binds a node to its own allocation, under the same field. */
const allocated: Trap<NodeSignal> = {
  id: 'allocated',
  when: () => ({ legitimate: l10n.t('the node is bound to an allocation of Ironic itself') }),
  check({ nodes }) {
    if (nodes.every(({ allocation }) => allocation === undefined)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('the node is bound to an allocation of Ironic itself, and never was an instance of Nova'),
    };
  },
  cleared: () => l10n.t('the node is bound to no allocation of Ironic itself'),
};

const inMotion: Trap<NodeSignal> = {
  id: 'in-motion',
  when: () => ({
    unknown: l10n.t(
      'the node is being cleaned, serviced, deployed or undeployed, or in a state not known here',
    ),
  }),
  check({ nodes }) {
    const moving = nodes.filter(({ provisionState: state }) => !deployed.has(state) && !idle.has(state));
    if (moving.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'Ironic is at work on the node: {0}',
        listed(moving.map(({ provisionState }) => provisionState)),
      ),
    };
  },
  cleared: () => l10n.t('Ironic is not at work on the node'),
};

const inMaintenance: Trap<NodeSignal> = {
  id: 'in-maintenance',
  when: () => ({ suspected: l10n.t('the node is in maintenance: somebody is at it') }),
  check({ nodes }) {
    if (!nodes.some(({ maintenance }) => maintenance)) return undefined;
    return { verdict: 'suspected', text: l10n.t('the node is in maintenance: ask who is at it') };
  },
  cleared: () => l10n.t('the node is not in maintenance'),
};

function stepOf({ uuid, provisionState }: BareMetalNode): ManualStep {
  return deployed.has(provisionState)
    ? {
        command: `openstack baremetal node undeploy ${uuid}`,
        why: l10n.t('the node is freed, and what is on its disks is lost when it is cleaned'),
      }
    : {
        command: `openstack baremetal node unset --instance-uuid ${uuid}`,
        why: l10n.t('nothing is deployed on the node; only its instance_uuid is left'),
      };
}

/** A node of Ironic that stays bound to an instance that Nova does not have. */
export const heldBareMetalNode = declareKind<NodeSignal>({
  id: 'held-bare-metal-node',
  needs: ['api-database', 'cell', 'ironic', 'nova'],
  signs: ['node-of-none'],
  thresholds: ['strayMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t('A node of Ironic whose `instance_uuid` is an instance without a live row.'),
    causes: l10n.t(
      'Ironic failed while the instance was deleted, or its row was deleted by SQL (bug 2131960). Ironic without Nova may bind nodes, too.',
    ),
    fixes: l10n.t(
      '`baremetal node undeploy` once Nova’s API says 404; it cleans the disks. Where nothing is deployed `baremetal node unset --instance-uuid`.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...goneTraps,
    novaHasIt,
    novaSilent,
    allocated,
    inMotion,
    inMaintenance,
    tooYoung<NodeSignal>({
      times: ({ nodes }) => nodes.map(({ updatedAt }) => updatedAt),
      ageless: 'suspected',
    }),
  ],
  signal(dossier, scene) {
    const { nodes } = dossier;
    if (nodes.length === 0) return l10n.t('no node of Ironic is bound to it');
    const reason = whyNotGone(dossier);
    if (reason !== undefined) return reason;
    return {
      nodes,
      why: l10n.t('Ironic has {0} nodes bound to it, and no cell has a live row of it', nodes.length),
      evidence: [
        ...nodes.map(({ uuid, provisionState }) =>
          seen('ironic', l10n.t('node {0} is {1}', uuid, provisionState), scene),
        ),
        ...proof(dossier, scene),
      ],
    };
  },
  ladder: ({ nodes }) =>
    nodes
      .filter(({ uuid }) => isUuid(uuid))
      .map((node) => ({
        title: l10n.t('free the node, when Nova’s API says that it has no such instance'),
        command: stepOf(node).command,
      })),
  remedy: ({ nodes }, dossier) => ({
    ...stepsOnly(),
    wanted: wishForGone(dossier) !== undefined,
    manual: nodes.filter(({ uuid }) => isUuid(uuid)).map(stepOf),
  }),
});
