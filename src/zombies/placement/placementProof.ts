import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import { placementSourceId } from '../../model/source';
import type { Evidence } from '../../model/suspect';
import { proof, seen } from '../proof';
import { listed } from '../words';

/** What Placement has of the UUID as a consumer, then what the others say of it. */
export function placementProof(dossier: Dossier, scene: Scene): readonly Evidence[] {
  const { allocations, consumer } = dossier;
  const held =
    allocations.length > 0
      ? l10n.t('allocations on {0}', listed(allocations.map(({ provider }) => provider)))
      : l10n.t('no allocations');
  const known = consumer === undefined ? [] : [l10n.t('a consumer since {0}', consumer.createdAt ?? 'NULL')];
  return [...[...known, held].map((text) => seen(placementSourceId, text, scene)), ...proof(dossier, scene)];
}
