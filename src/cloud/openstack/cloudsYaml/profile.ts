import * as l10n from '@vscode/l10n';
import { environmentName } from './environment';
import { parseFile } from './parseFile';
import type { Sources } from './readFiles';
import type { Report } from './report';
import { isEmpty, mappingOf, textOf, type Mapping } from './value';

/**
 * What the profile of a cloud sets, from clouds-public.yaml (`_expand_vendor_profile` of openstack/config/loader.py
 * 0.101). The profiles of public clouds that openstacksdk ships, and those behind a URL, are not known here.
 */
export function profileOf(cloud: Mapping, sources: Sources, report: Report): Mapping | undefined {
  const named = cloud.get('profile') ?? cloud.get('cloud');
  const name = textOf(named, report);
  if (named === undefined || isEmpty(named) || name === undefined) return new Map();
  if (name === environmentName(sources.env)) return new Map();
  const top = parseFile(sources.profiles, report);
  const profiles = top && mappingOf(top.get('public-clouds'), report);
  if (profiles === undefined) return undefined;
  const profile = profiles.get(name);
  if (profile !== undefined) return mappingOf(profile, report);
  if (name.includes('://')) {
    const message = l10n.t(
      'A profile is not fetched from a URL. Write what it sets, such as auth_url, into the cloud.',
    );
    report.error(named.origin, message);
    return undefined;
  }
  report.warn(
    named.origin,
    l10n.t(
      'This profile is not in clouds-public.yaml, and those that openstacksdk ships are not known here. Write what it sets, such as auth_url, into the cloud.',
    ),
  );
  return new Map();
}
