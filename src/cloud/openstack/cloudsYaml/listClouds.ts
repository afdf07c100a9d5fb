import { cloudSet } from './cloudSet';
import { profileOf } from './profile';
import type { Sources } from './readFiles';
import { regionsOf } from './regions';
import { Report, type Diagnostic } from './report';
import { isMapping } from './value';

export interface ListedCloud {
  readonly name: string;
  /** empty when the cloud names none */
  readonly regions: readonly string[];
}

/** What there is to choose from, for a picker. A cloud that is listed may still have mistakes. Never throws. */
export function listClouds(sources: Sources): {
  readonly clouds: readonly ListedCloud[];
  readonly defaultName?: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const report = new Report();
  const set = cloudSet(sources, report);
  const clouds = [...(set?.clouds ?? [])].map(([name, { data }]): ListedCloud => {
    // what is wrong inside a cloud is told when it is resolved
    const own = new Report();
    const cloud = isMapping(data) ? data : new Map();
    const regions = regionsOf(cloud, profileOf(cloud, sources, own) ?? new Map(), own);
    return { name, regions: regions.map((region) => region.name).filter((region) => region !== '') };
  });
  return {
    clouds,
    ...(set?.defaultName === undefined ? {} : { defaultName: set.defaultName }),
    diagnostics: report.diagnostics,
  };
}
