import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { ServiceType } from './openStackCloud';
import { Shape } from './shape';

/** The microversions that a request can work with, for example 2.1 to 2.68. */
export interface Microversions {
  readonly least: string;
  readonly most: string;
}

/** What a service offers; undefined when it knows no microversions. */
export type Offered = Microversions | undefined;

/** Reads a version document: Nova `{"version": {...}}`, Cinder, Placement and Ironic `{"versions": [{...}]}`. */
export function readOffered(body: unknown, request: string): Offered {
  const document = Shape.of(body, request);
  const all = document.has('version') ? [document.object('version')] : document.list('versions');
  for (const version of all) {
    const least = version.optionalText('min_version') ?? '';
    // Placement says max_version, the others say version
    const most = version.optionalText('max_version') ?? version.optionalText('version') ?? '';
    if (least !== '' && most !== '') return { least, most };
  }
  return undefined;
}

/** The highest microversion that both sides know; undefined when the service knows none and none is needed. */
export function agree(service: ServiceType, wanted: Microversions, offered: Offered): string | undefined {
  const first = `${wanted.least.split('.')[0]}.1`;
  if (offered === undefined && compare(wanted.least, first) <= 0) return undefined;
  const best = offered && lower(wanted.most, offered.most);
  if (best !== undefined && compare(best, wanted.least) >= 0 && compare(best, offered?.least ?? best) >= 0)
    return best;
  throw new OperatorError(
    'unsupported',
    l10n.t(
      'This needs microversion {0} to {1} of {2}; the service has {3}.',
      wanted.least,
      wanted.most,
      service,
      offered ? `${offered.least} - ${offered.most}` : l10n.t('none'),
    ),
    l10n.t('The release of the service does not fit: use its own tools for this.'),
  );
}

/** The names that the header OpenStack-API-Version has for the services (API SIG, "Microversion Specification"). */
const headerNames: Readonly<Partial<Record<ServiceType, string>>> = {
  compute: 'compute',
  placement: 'placement',
  'block-storage': 'volume',
  baremetal: 'baremetal',
};

export function versionHeaders(service: ServiceType, version: string | undefined): Record<string, string> {
  const name = headerNames[service];
  if (version === undefined || name === undefined) return {};
  const headers = { 'OpenStack-API-Version': `${name} ${version}` };
  const own = ownHeaders[service];
  return own === undefined ? headers : { ...headers, [own]: version };
}

/** Of releases that do not know the common header: Nova before Newton (2.27), Ironic before Dalmatian (2024.2). */
const ownHeaders: Readonly<Partial<Record<ServiceType, string>>> = {
  compute: 'X-OpenStack-Nova-API-Version',
  baremetal: 'X-OpenStack-Ironic-API-Version',
};

/** Where the version document is: the endpoint up to its version, without the project that may follow. */
export function versionUrl(service: ServiceType, endpoint: string): string {
  const [, root = endpoint, version = ''] = /^(.*?)(\/v\d+(?:\.\d+)?)(?:\/|$)/.exec(endpoint) ?? [];
  // Ironic's /v1 names no microversions in older releases, its root always does (Bare Metal API, "List API versions").
  return service === 'baremetal' ? `${root}/` : `${root}${version}/`;
}

export function compare(one: string, other: string): number {
  const [oneMajor = 0, oneMinor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return oneMajor - otherMajor || oneMinor - otherMinor;
}

function lower(one: string, other: string): string {
  return compare(one, other) <= 0 ? one : other;
}
