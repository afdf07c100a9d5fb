import * as l10n from '@vscode/l10n';
import type { PlacementApi } from '../../cloud/openstack/openStackApi';
import type { Gap } from '../../model/source';
import { foreign } from '../services/foreign';
import { AllocationSigns, wantsAllocations, type PlacementSearch, type Root } from './allocationSigns';
import { readHoldings, readProviders } from './apiHoldings';

/**
 * Finds by Placement's API what its database would show, but for consumers that hold nothing: no API lists these.
 * Marks nothing before all is read. Rejects, as one with a gap does, when anything is missing.
 */
export async function surveyApi(
  api: PlacementApi,
  search: PlacementSearch,
  signal?: AbortSignal,
): Promise<Gap | undefined> {
  const providers = await readProviders(api, signal);
  if (isForeign(providers.roots, search)) {
    return foreign(
      l10n.t(
        'Placement’s API has a resource provider of no compute node: it may be that of another region, or was emptied.',
      ),
    );
  }
  if (!wantsAllocations(search)) {
    return undefined;
  }
  const holdings = await readHoldings(api, providers, signal);
  const signs = new AllocationSigns(search, true);
  for (const [consumer, { roots }] of holdings) signs.consumer(consumer, new Set(roots.keys()));
  await signs.end(providers.roots);
  return undefined;
}

/** The cells have compute nodes, and none of the providers is one of these. */
function isForeign(roots: readonly Root[], { computes }: PlacementSearch): boolean {
  return computes.hasNodes && roots.every((root) => computes.nodesOf(root).length === 0);
}
