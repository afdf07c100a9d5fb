import * as l10n from '@vscode/l10n';
import type { Report } from './report';
import { isMapping, mappingOf, type Mapping, type Value } from './value';

/** The second mapping over the first, mappings in both merged (`merge_clouds` of openstack/config/_util.py 0.101). */
export function mergeMappings(below: Mapping, above: Mapping, report: Report): Mapping {
  const merged = new Map(below);
  for (const [key, value] of above) {
    const former = merged.get(key);
    if (former === undefined || !isMapping(value.data)) merged.set(key, value);
    else if (isMapping(former.data)) {
      merged.set(key, { origin: former.origin, data: mergeMappings(former.data, value.data, report) });
    } else {
      report.error(
        former.origin,
        l10n.t('This must be a mapping, as it is in the file of secrets. Remove it here.'),
      );
    }
  }
  return merged;
}

/** Like `mergeMappings`, but only `auth` is merged (`_auth_update` of openstack/config/loader.py 0.101). */
export function mergeAuth(below: Mapping, above: Mapping, report: Report): Mapping {
  const merged = new Map(below);
  for (const [key, value] of above)
    merged.set(key, key === 'auth' ? authOver(below.get(key), value, report) : value);
  return merged;
}

function authOver(below: Value | undefined, above: Value, report: Report): Value {
  const data = new Map([...(mappingOf(below, report) ?? []), ...(mappingOf(above, report) ?? [])]);
  return { origin: above.origin, data };
}

/** Hyphens in keys are underscores; of two spellings the later one counts (`normalize_keys`, _util.py 0.101). */
export function withUnderscores(mapping: Mapping): Map<string, Value> {
  return new Map([...mapping].map(([key, value]) => [key.replaceAll('-', '_'), value]));
}
