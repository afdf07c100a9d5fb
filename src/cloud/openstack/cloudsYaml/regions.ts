import * as l10n from '@vscode/l10n';
import { withUnderscores } from './merge';
import type { Report } from './report';
import { isEmpty, isList, isMapping, mappingOf, textOf, type Mapping, type Value } from './value';

export interface Region {
  readonly name: string;
  /** what it sets over the cloud */
  readonly values: Mapping;
}

/** The regions of a cloud; none when it names none (`_get_known_regions` of openstack/config/loader.py 0.101). */
export function regionsOf(cloud: Mapping, profile: Mapping, report: Report): readonly Region[] {
  const own = withUnderscores(cloud);
  const regions = own.get('regions');
  if (regions !== undefined) return listed(regions, report);
  const name = own.get('region_name');
  if (name !== undefined) return isList(name.data) ? listed(name, report) : split(name, report);
  const ofProfile = profile.get('regions');
  if (ofProfile !== undefined && !isEmpty(ofProfile)) return listed(ofProfile, report);
  const single = textOf(profile.get('region_name'), report);
  return single ? [{ name: single, values: new Map() }] : [];
}

/** The region asked for, or the first one. */
export function chooseRegion(
  regions: readonly Region[],
  wanted: string | undefined,
  cloud: Value,
  report: Report,
): Region {
  const [first = { name: wanted ?? '', values: new Map<string, Value>() }] = regions;
  if (!wanted) return first;
  const found = regions.length === 0 ? first : regions.find(({ name }) => name === wanted);
  if (found === undefined) {
    report.error(
      cloud.origin,
      l10n.t(
        'The region {0} is not one of this cloud. Add it to the regions here, or choose another.',
        wanted,
      ),
    );
  }
  return found ?? first;
}

function listed(regions: Value, report: Report): Region[] {
  if (!isList(regions.data)) {
    report.error(regions.origin, l10n.t('This must be a list of regions: one line "- name" for each.'));
    return [];
  }
  return regions.data.flatMap((region): Region[] => {
    if (!isMapping(region.data)) {
      const name = textOf(region, report);
      return name === undefined ? [] : [{ name, values: new Map() }];
    }
    const name = textOf(region.data.get('name'), report);
    const values = mappingOf(region.data.get('values'), report);
    const strange = [...region.data.keys()].some((key) => key !== 'name' && key !== 'values');
    if (name === undefined || strange) {
      report.error(
        region.origin,
        l10n.t('A region is a name, or a mapping of "name" and "values" and nothing else.'),
      );
    }
    return name === undefined || values === undefined ? [] : [{ name, values }];
  });
}

/** Several names with commas in one text: an old form. */
function split(names: Value, report: Report): Region[] {
  if (names.data === null)
    report.error(names.origin, l10n.t('The name of the region is missing. Write it, or remove the key.'));
  return (textOf(names, report)?.split(',') ?? []).map((name) => ({ name, values: new Map() }));
}
