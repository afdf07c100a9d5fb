import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Consumer } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { placementSourceId } from '../../model/source';
import type { Evidence } from '../../model/suspect';
import { proof, seen } from '../proof';
import { listed } from '../words';

/** Its API tells when the allocations were written, and not since when there is the consumer. */
function consumerText({ createdAt, changedAt }: Consumer): string {
  return createdAt === undefined && changedAt !== undefined
    ? l10n.t('a consumer; its newest allocation was written {0}', changedAt)
    : l10n.t('a consumer since {0}', createdAt ?? 'NULL');
}

/** What Placement has of the UUID as a consumer, then what the others say of it. */
export function placementProof(dossier: Dossier, scene: Scene): readonly Evidence[] {
  const { allocations, consumer } = dossier;
  const held =
    allocations.length > 0
      ? l10n.t('allocations on {0}', listed(allocations.map(({ provider }) => provider)))
      : l10n.t('no allocations');
  const known = consumer === undefined ? [] : [consumerText(consumer)];
  return [...[...known, held].map((text) => seen(placementSourceId, text, scene)), ...proof(dossier, scene)];
}
