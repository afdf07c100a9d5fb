import * as l10n from '@vscode/l10n';
import type { Clock, Logger } from '../../model/ports';
import { answerError, bodyOf } from './apiErrors';
import { cancellable, pause, waitBefore } from './backOff';
import { endpointOf, isOffered, isShared, placeOf } from './catalogue';
import type { Keystone } from './keystone';
import {
  agree,
  readOffered,
  versionHeaders,
  versionUrl,
  type Microversions,
  type Offered,
} from './microversion';
import type { OpenStackCloud, ServiceType } from './openStackCloud';
import { Shape } from './shape';
import type { Token } from './token';
import type { HttpAnswer, Transport } from './transport';
import { TransportError, transportError } from './transportErrors';

export type Query = readonly (readonly [name: string, value: string])[];

export interface Call {
  readonly service: ServiceType;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** below the service's endpoint, its parts encoded */
  readonly path: string;
  readonly query?: Query;
  readonly body?: object;
  readonly versions?: Microversions;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Dated {
  readonly body: Shape;
  readonly modifiedAt?: string;
}

export interface ApiSessionParts {
  readonly cloud: OpenStackCloud;
  readonly keystone: Keystone;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly clock: Clock;
}

/**
 * Requests to the services of one cloud. They reject with an OperatorError (whose cause is a ServiceError when a
 * service answered), or CancelledError. A change that was sent is waited for even when it is cancelled.
 */
export class ApiSession {
  private readonly offered = new Map<ServiceType, Promise<Offered>>();

  constructor(private readonly parts: ApiSessionParts) {}

  /** The body of the answer of a GET. */
  async read(call: Omit<Call, 'method'>, signal?: AbortSignal): Promise<Shape> {
    return (await this.readDated(call, signal)).body;
  }

  /** The same, and its Last-Modified as ISO 8601 in UTC. */
  async readDated(call: Omit<Call, 'method'>, signal?: AbortSignal): Promise<Dated> {
    const full: Call = { ...call, method: 'GET' };
    const answer = await this.answer(full, signal);
    const body = Shape.of(bodyOf(answer, nameOf(full)), nameOf(full));
    const modified = Date.parse(answer.headers['last-modified'] ?? '');
    return Number.isNaN(modified) ? { body } : { body, modifiedAt: new Date(modified).toISOString() };
  }

  /** Changes something. What the service says beyond its status is not used. */
  async change(call: Call, signal?: AbortSignal): Promise<void> {
    const { status } = await this.answer(call, signal);
    this.parts.logger.info(`${this.parts.cloud.name}: ${nameOf(call)}: ${status}`);
  }

  /**
   * Nova, Neutron and Cinder show an account without the role admin what its own project owns, in part without
   * saying so; their default policies call admin whoever has that role.
   */
  async isAdmin(): Promise<boolean> {
    return (await this.parts.keystone.token()).roles.includes('admin');
  }

  /** Keystone shows a login that is scoped to a domain nothing of the others. */
  async isOfDomain(): Promise<boolean> {
    return (await this.parts.keystone.token()).ofDomain;
  }

  async offers(service: ServiceType): Promise<boolean> {
    return service === 'identity' || isOffered(this.parts.cloud, await this.parts.keystone.token(), service);
  }

  async isShared(service: ServiceType): Promise<boolean> {
    return isShared(this.parts.cloud, await this.parts.keystone.token(), service);
  }

  /** The microversion that requests of a service agree on. */
  async version(
    service: ServiceType,
    wanted: Microversions,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    return agree(service, wanted, await cancellable(this.offeredBy(service), signal));
  }

  private async answer(call: Call, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const { service, versions } = call;
    const version = versions && (await this.version(service, versions, signal));
    const headers = { ...call.headers, ...versionHeaders(service, version) };
    const endpoint = this.endpoint(service, await this.parts.keystone.token(undefined, signal));
    const url = new URL(`${endpoint}${call.path}`);
    for (const [name, value] of call.query ?? []) url.searchParams.append(name, value);
    return this.patiently({ ...call, headers }, url, signal);
  }

  /** Answers with 300 and above are errors, but for `also`. */
  private async patiently(
    call: Call,
    url: URL,
    signal: AbortSignal | undefined,
    also?: number,
  ): Promise<HttpAnswer> {
    const request = nameOf(call);
    const changes = call.method !== 'GET';
    for (let tries = 1; ; tries += 1) {
      const answer = await this.withToken(call, url, signal);
      if (answer.status < 300 || answer.status === also) return answer;
      const wait = waitBefore(tries, answer, changes, this.parts.clock.now());
      if (wait === undefined) {
        const redact = (text: string): string => this.parts.keystone.redact(text);
        throw answerError(answer, { request, changes, redact });
      }
      this.parts.logger.warn(
        l10n.t(
          '{0}: {1}: {2}, asking again in {3} s',
          this.parts.cloud.name,
          request,
          answer.status,
          wait / 1000,
        ),
      );
      await pause(wait, signal);
    }
  }

  /** A token that the service refuses is renewed once. */
  private async withToken(call: Call, url: URL, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const token = await this.parts.keystone.token(undefined, signal);
    const answer = await this.send(call, url, token, signal);
    if (answer.status !== 401) return answer;
    this.parts.logger.info(
      l10n.t('{0}: {1} refused the token, logging in again', this.parts.cloud.name, call.service),
    );
    return this.send(call, url, await this.parts.keystone.token(token, signal), signal);
  }

  private async send(
    { service, method, headers, body }: Call,
    url: URL,
    token: Token,
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> {
    const changes = method !== 'GET';
    try {
      return await this.parts.transport.send({
        method,
        url,
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
          'X-Auth-Token': token.value,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        changes,
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      throw error instanceof TransportError ? transportError(error, service, url, changes) : error;
    }
  }

  private endpoint(service: ServiceType, token: Token): string {
    // Keystone is where we logged in: catalogues often name an address for it that only the controllers reach.
    if (service === 'identity')
      return placeOf(this.parts.cloud, service).endpoint ?? this.parts.keystone.root;
    return endpointOf(this.parts.cloud, token, service);
  }

  /** Asked once a session, for all who wait for it; a failure is not remembered. */
  private offeredBy(service: ServiceType): Promise<Offered> {
    const known = this.offered.get(service);
    if (known) return known;
    const asked = this.askVersions(service);
    this.offered.set(service, asked);
    asked.catch(() => this.offered.delete(service));
    return asked;
  }

  private async askVersions(service: ServiceType): Promise<Offered> {
    const call: Call = { service, method: 'GET', path: '/' };
    const url = new URL(versionUrl(service, this.endpoint(service, await this.parts.keystone.token())));
    // 300 Multiple Choices is how some releases answer with a version document
    const answer = await this.patiently(call, url, undefined, 300);
    return readOffered(bodyOf(answer, nameOf(call)), nameOf(call));
  }
}

function nameOf({ service, method, path }: Call): string {
  return `${service} ${method} ${path}`;
}
