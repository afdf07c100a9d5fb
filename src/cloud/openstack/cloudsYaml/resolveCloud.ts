import * as l10n from '@vscode/l10n';
import { authOf } from './auth';
import { baseSettings } from './baseSettings';
import { cloudSet, type CloudSet } from './cloudSet';
import { interfaceOf, timeoutOf, tlsOf } from './connectionSettings';
import { filled } from './placeholders';
import { profileOf } from './profile';
import type { Sources } from './readFiles';
import { chooseRegion, regionsOf } from './regions';
import { Report, type Diagnostic } from './report';
import type { ResolvedCloud } from './resolvedCloud';
import { serviceSettingsOf } from './serviceSettings';
import { isEmpty, mappingOf, type Mapping, type Value } from './value';

/** `cloud` is there unless a diagnostic is an error. */
export interface Resolution {
  readonly cloud?: ResolvedCloud;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Wanted {
  /** when left out: OS_CLOUD, the cloud of the OS_* variables, or the only one of the file */
  readonly name?: string;
  /** when left out: the first one of the cloud */
  readonly region?: string;
}

/** One cloud, as `OpenStackConfig().get_one(name, region_name=region)` of openstacksdk 0.101 gives it. Never throws. */
export function resolveCloud(sources: Sources, wanted: Wanted = {}): Resolution {
  const report = new Report();
  const set = cloudSet(sources, report);
  const cloud = set && resolve(set, sources, wanted, report);
  return {
    ...(cloud === undefined || report.failed ? {} : { cloud }),
    diagnostics: report.diagnostics,
  };
}

function resolve(set: CloudSet, sources: Sources, wanted: Wanted, report: Report): ResolvedCloud | undefined {
  const name = wanted.name ?? set.defaultName;
  const written = name === undefined ? undefined : set.clouds.get(name);
  const cloud = written && mappingOf(written, report);
  if (name === undefined || written === undefined) report.error(set.origin, notFound(name, set));
  if (name === undefined || written === undefined || cloud === undefined) return undefined;
  const profile = profileOf(cloud, sources, report);
  if (profile === undefined) return undefined;
  const region = chooseRegion(regionsOf(cloud, profile, report), wanted.region, written, report);
  const { origin } = written;
  const base = baseSettings({ profile, cloud, region, origin }, report);
  const auth = authOf(base, report);
  const settings = withoutPlaceholders(base.settings, report);
  const interface_ = interfaceOf(settings.get('interface'), report);
  const apiTimeoutSeconds = timeoutOf(settings, report);
  return (
    auth && {
      name,
      ...(region.name === '' ? {} : { region: region.name }),
      ...auth,
      interface: interface_,
      ...tlsOf(settings, sources.home, report),
      forceIpv4: forceIpv4(settings, set),
      ...(apiTimeoutSeconds === undefined ? {} : { apiTimeoutSeconds }),
      ...serviceSettingsOf(settings, report),
    }
  );
}

function notFound(name: string | undefined, { clouds }: CloudSet): string {
  if (clouds.size === 0) return l10n.t('There is no cloud. Describe one in clouds.yaml below "clouds:".');
  return name === undefined
    ? l10n.t('There are several clouds. Name one, or set OS_CLOUD.')
    : l10n.t('There is no cloud {0}. Choose one of those below "clouds:", or add it there.', name);
}

/** Later ones see what earlier ones became, as in `get_one`. */
function withoutPlaceholders(settings: Mapping, report: Report): Mapping {
  const done = new Map(settings);
  for (const [key, value] of settings) {
    if (key !== 'password') done.set(key, filled(value, done, report) ?? value);
  }
  return done;
}

/** Any text is true here, even "false": `get_one` does not look into it. */
function forceIpv4(settings: Mapping, set: CloudSet): boolean {
  const own = (key: string): Value | undefined => settings.get(key);
  const prefers = own('prefer_ipv6');
  if (prefers !== undefined && isEmpty(prefers)) return true;
  const forces = own('force_ipv4');
  return forces === undefined ? set.forceIpv4 : !isEmpty(forces);
}
