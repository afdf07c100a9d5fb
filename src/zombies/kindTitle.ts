import * as l10n from '@vscode/l10n';
import type { KindId } from '../model/kindId';

/** Apart from the kinds, so that a tree can name them before any is loaded. */
const titles: Readonly<Record<KindId, () => string>> = {
  'domain-of-deleted-instance': () => l10n.t('domain of a deleted instance'),
  'domain-without-instance': () => l10n.t('domain without an instance'),
  'domain-on-another-host': () => l10n.t('domain on another host'),
  'domain-on-two-hosts': () => l10n.t('domain on two hosts'),
  'domain-gone': () => l10n.t('domain gone'),
  'power-state-differs': () => l10n.t('power state differs'),
  'stuck-deleting': () => l10n.t('stuck deleting'),
  'deleted-but-live': () => l10n.t('deleted, but its row is live'),
  'stuck-building': () => l10n.t('stuck building'),
  'stuck-moving': () => l10n.t('stuck moving'),
  'resize-unconfirmed': () => l10n.t('resize not confirmed'),
  'build-failed': () => l10n.t('build failed'),
  'instance-without-host': () => l10n.t('instance without a host'),
  'instance-on-dead-host': () => l10n.t('instance on a dead host'),
  'soft-deleted': () => l10n.t('soft-deleted'),
  'deleted-by-hand': () => l10n.t('deleted by hand'),
  'mapping-without-instance': () => l10n.t('mapping without an instance'),
  'mapping-without-cell': () => l10n.t('mapping without a cell'),
  'instance-without-mapping': () => l10n.t('instance without a mapping'),
  'mapping-left-behind': () => l10n.t('mapping left behind'),
  'mapping-not-queued': () => l10n.t('mapping not queued for delete'),
  'stuck-build-request': () => l10n.t('stuck build request'),
  'request-spec-left-behind': () => l10n.t('request spec left behind'),
  'group-member-left-behind': () => l10n.t('group member left behind'),
  'instance-in-two-cells': () => l10n.t('instance in two cells'),
  'orphan-allocation': () => l10n.t('orphan allocation'),
  'double-allocation': () => l10n.t('double allocation'),
  'missing-allocation': () => l10n.t('missing allocation'),
  'empty-consumer': () => l10n.t('empty consumer'),
  'provider-mismatch': () => l10n.t('resource provider that fits no node'),
  'rows-without-parent': () => l10n.t('rows without a parent'),
  'live-rows-of-deleted-instance': () => l10n.t('live rows of a deleted instance'),
  'torn-instance': () => l10n.t('torn instance'),
  'legacy-rows': () => l10n.t('legacy rows'),
  'pci-device-held': () => l10n.t('PCI device held'),
  'volume-gone': () => l10n.t('volume gone'),
  'stuck-migration': () => l10n.t('stuck migration'),
  'stale-network-info': () => l10n.t('stale network info'),
  'stray-compute-record': () => l10n.t('stray compute record'),
  'expired-console-token': () => l10n.t('expired console token'),
  'untied-rows': () => l10n.t('untied rows'),
  'share-left-behind': () => l10n.t('share left behind'),
  'leftover-directory': () => l10n.t('leftover directory'),
  'directory-of-moved-instance': () => l10n.t('directory of a moved instance'),
  'leftover-resize-directory': () => l10n.t('leftover resize directory'),
  'unfinished-removal': () => l10n.t('unfinished removal'),
  'orphan-port': () => l10n.t('orphan port'),
  'idle-floating-ip': () => l10n.t('idle floating IP'),
  'orphan-attachment': () => l10n.t('orphan attachment'),
  'volume-without-attachment': () => l10n.t('volume without its attachment'),
  'held-bare-metal-node': () => l10n.t('bare metal node held'),
  'project-gone': () => l10n.t('project gone'),
};

export const kindIds = Object.keys(titles) as readonly KindId[];

/** A kind's name for people. */
export function kindTitle(id: KindId): string {
  return titles[id]();
}
