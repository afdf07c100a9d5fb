import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { OpenStackCloud, ServicePlace, ServiceType } from './openStackCloud';
import type { Endpoint, Token } from './token';

/** The names that catalogues use for a service (service types authority, with the aliases of API version 3). */
const typesOf: Readonly<Record<ServiceType, readonly string[]>> = {
  identity: ['identity'],
  compute: ['compute'],
  placement: ['placement'],
  network: ['network'],
  'block-storage': ['block-storage', 'volumev3'],
  baremetal: ['baremetal', 'bare-metal'],
};

/** The version that the path of an endpoint must name; added where it names none. */
const versions: Readonly<Partial<Record<ServiceType, string>>> = {
  compute: 'v2.1',
  network: 'v2.0',
  'block-storage': 'v3',
  baremetal: 'v1',
};

/** The URL under which the paths of a service stand, without a slash at its end. */
export function endpointOf(cloud: OpenStackCloud, token: Token, service: ServiceType): string {
  const url = (placeOf(cloud, service).endpoint ?? chosen(cloud, token, service).url).replace(/\/+$/, '');
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    throw unusable(cloud, service, l10n.t('Its endpoint is not an http or https address.'));
  }
  const version = versions[service];
  return version === undefined || /\/v\d+(\.\d+)?(\/|$)/.test(new URL(url).pathname)
    ? url
    : `${url}/${version}`;
}

/** True when the catalogue or the settings know the service at all. */
export function isOffered(cloud: OpenStackCloud, token: Token, service: ServiceType): boolean {
  return placeOf(cloud, service).endpoint !== undefined || entryOf(token, service) !== undefined;
}

/** The Nova of another region uses it too: that region has none of its own, or the same. */
export function isShared(cloud: OpenStackCloud, token: Token, service: ServiceType): boolean {
  const own = placeOf(cloud, 'compute').region ?? cloud.region;
  const url = endpointOf(cloud, token, service);
  const regions = new Set((entryOf(token, 'compute') ?? []).map(({ region }) => region));
  // Without a region in the settings there is one in the catalogue: see `chosen`.
  if (own === undefined || regions.size < 2) return false;
  regions.delete(own);
  const endpoints = entryOf(token, service) ?? [];
  return [...regions].some((region) => {
    const there = endpoints.filter((endpoint) => endpoint.region === region);
    return there.length === 0 || there.some((endpoint) => url.startsWith(endpoint.url.replace(/\/+$/, '')));
  });
}

/** What the settings say about a service, under any of its names. */
export function placeOf(cloud: OpenStackCloud, service: ServiceType): ServicePlace {
  return typesOf[service].map((type) => cloud.services[type]).find((place) => place !== undefined) ?? {};
}

/** The first of the service's names that the catalogue has: its endpoints. */
function entryOf(token: Token, service: ServiceType): readonly Endpoint[] | undefined {
  return typesOf[service]
    .map((type) =>
      token.catalogue.filter((entry) => entry.type === type).flatMap(({ endpoints }) => endpoints),
    )
    .find((endpoints) => endpoints.length > 0);
}

function chosen(cloud: OpenStackCloud, token: Token, service: ServiceType): Endpoint {
  const all = entryOf(token, service);
  if (all === undefined) throw unusable(cloud, service, l10n.t('The catalogue does not have it.'));
  const place = placeOf(cloud, service);
  const region = place.region ?? cloud.region;
  const offered = all.filter((endpoint) => endpoint.interface === (place.interface ?? cloud.interface));
  const regions = [...new Set(offered.map((endpoint) => endpoint.region))];
  // Somebody else's region would answer "no such instance" for every one of ours.
  if (region === undefined && regions.length > 1) {
    throw unusable(cloud, service, l10n.t('There are several regions: {0}.', regions.join(', ')));
  }
  const found = offered.find((endpoint) => region === undefined || endpoint.region === region);
  if (found) return found;
  const known = all.map((endpoint) => `${endpoint.region} ${endpoint.interface}`).join(', ');
  throw unusable(cloud, service, l10n.t('The catalogue has it as: {0}.', known));
}

function unusable(cloud: OpenStackCloud, service: ServiceType, why: string): OperatorError {
  const place = placeOf(cloud, service);
  return new OperatorError(
    'unsupported',
    l10n.t(
      '{0} has no {1} service for region {2}, interface {3}. {4}',
      cloud.name,
      service,
      place.region ?? cloud.region ?? '-',
      place.interface ?? cloud.interface,
      why,
    ),
    l10n.t('Set the region, the interface or the endpoint of the service in the settings of the cloud.'),
  );
}
