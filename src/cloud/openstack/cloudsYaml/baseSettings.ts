import * as l10n from '@vscode/l10n';
import { modernInterfaces, modernTimeout, moveIntoAuth, shareDomain } from './legacyKeys';
import { mergeAuth, withUnderscores } from './merge';
import { filled } from './placeholders';
import type { Region } from './regions';
import type { Origin, Report } from './report';
import { mappingOf, type Data, type Mapping, type Value } from './value';

/** Of openstack/config/defaults.py and defaults.json 0.101, those that end up in a resolved cloud. */
const defaults: Readonly<Record<string, Data>> = {
  auth_type: 'password',
  interface: 'public',
  verify: true,
  network_api_version: '2',
  object_store_api_version: '1',
};

export interface Settings {
  /** where the cloud's `auth` was written, or else the cloud */
  readonly authOrigin: Origin;
  readonly auth: Map<string, Value>;
  readonly settings: Map<string, Value>;
}

interface Layers {
  readonly profile: Mapping;
  readonly cloud: Mapping;
  readonly region: Region;
  /** of what nobody wrote */
  readonly origin: Origin;
}

/**
 * Defaults, profile, cloud and region laid over one another, and old spellings made new: `get_one` and `magic_fixes`
 * of openstack/config/loader.py 0.101, up to where the plugin of the auth type looks at `auth`.
 */
export function baseSettings({ profile, cloud, region, origin }: Layers, report: Report): Settings {
  const value = (data: Data): Value => ({ origin, data });
  const base = new Map(Object.entries(defaults).map(([key, data]) => [key, value(data)]));
  const laid = new Map(mergeAuth(mergeAuth(base, profile, report), cloud, report));
  laid.delete('regions');
  const regional = [...region.values].filter(([, { data }]) => data !== null);
  const merged = new Map(mergeAuth(laid, new Map(regional), report));
  merged.set('region_name', value(region.name));
  leaveOutIgnored(merged, report);
  const auth = new Map(mappingOf(merged.get('auth'), report));
  const authOrigin = cloud.get('auth')?.origin ?? origin;
  merged.delete('auth');
  const settings = modernInterfaces(modernTimeout(merged));
  moveIntoAuth(settings, auth);
  shareDomain(auth);
  const url = auth.get('auth_url');
  if (url !== undefined) auth.set('auth_url', filled(url, settings, report) ?? url);
  return { authOrigin, settings: withUnderscores(settings), auth: withUnderscores(auth) };
}

/** As `auth_type` always has its default, openstacksdk never comes to these older spellings. */
function leaveOutIgnored(settings: Map<string, Value>, report: Report): void {
  for (const key of ['auth_plugin', 'auth-type']) {
    const ignored = settings.get(key);
    if (ignored)
      report.warn(ignored.origin, l10n.t('{0} has no effect. Write {1} in its place.', key, 'auth_type'));
    settings.delete(key);
  }
}
