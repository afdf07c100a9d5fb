import type { HttpAnswer } from './transport';
import { Shape } from './shape';

/** What Keystone gave for the login. Kept in memory only. */
export interface Token {
  readonly value: string;
  /** by our clock, in ms: the lifetime that Keystone states, counted from the answer */
  readonly expiresAt: number;
  readonly roles: readonly string[];
  /** it is scoped to a domain */
  readonly ofDomain: boolean;
  readonly catalogue: readonly CatalogueEntry[];
}

export interface CatalogueEntry {
  readonly type: string;
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  readonly interface: string;
  readonly region: string;
  readonly url: string;
}

/** Reads the answer of `POST` or `GET /v3/auth/tokens`; `given` is the token that a GET asked about. */
export function readToken(answer: HttpAnswer, body: unknown, now: number, given?: string): Token {
  const request = 'identity /v3/auth/tokens';
  const token = Shape.of(body, request).object('token');
  const subject = given ?? answer.headers['x-subject-token'];
  return {
    value: Shape.of({ 'X-Subject-Token': subject }, request).text('X-Subject-Token'),
    expiresAt: now + lifetime(token, given === undefined, now),
    roles: token.optionalList('roles').map((role) => role.text('name')),
    ofDomain: token.has('domain'),
    catalogue: token.optionalList('catalog').map((entry) => ({
      type: entry.text('type'),
      endpoints: entry.list('endpoints').map((endpoint) => ({
        interface: endpoint.text('interface'),
        // Keystone before Liberty said `region` only
        region: endpoint.optionalText('region_id') ?? endpoint.optionalText('region') ?? '',
        url: endpoint.text('url'),
      })),
    })),
  };
}

/** The clock of this machine may differ from Keystone's: of a new token only the difference of its times counts. */
function lifetime(token: Shape, isNew: boolean, now: number): number {
  const expires = Date.parse(token.optionalText('expires_at') ?? '');
  const issued = isNew ? Date.parse(token.optionalText('issued_at') ?? '') : now;
  const span = expires - issued;
  // Without a usable time the token lasts until a service refuses it.
  return Number.isFinite(span) && span > 0 ? span : Number.POSITIVE_INFINITY;
}
