import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { Clock, Logger } from '../../model/ports';
import { answerError, bodyOf } from './apiErrors';
import { cancellable } from './backOff';
import { accountOf, loginRequest } from './loginRequest';
import type { OpenStackCloud } from './openStackCloud';
import { readToken, type Token } from './token';
import type { HttpAnswer, Transport } from './transport';
import { TransportError, transportError } from './transportErrors';

/** A token is renewed when it has no longer than this to live. */
const marginMs = 60_000;

/** The login of one cloud at Keystone's v3 API. Requests that need a token at the same time share one login. */
export class Keystone {
  /** where the v3 API is, without a slash at its end */
  readonly root: string;
  private current: Token | undefined;
  private pending: Promise<Token> | undefined;

  constructor(
    private readonly cloud: OpenStackCloud,
    private readonly transport: Transport,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {
    const url = cloud.authUrl.replace(/\/+$/, '');
    this.root = url.endsWith('/v3') ? url : `${url}/v3`;
  }

  /** A token that is valid for a while yet; `refused` is one that a service did not take. */
  async token(refused?: Token, signal?: AbortSignal): Promise<Token> {
    const { current } = this;
    if (current && current !== refused && current.expiresAt - this.now() > marginMs) return current;
    this.pending ??= this.logIn().finally(() => (this.pending = undefined));
    return cancellable(this.pending, signal);
  }

  /** Removes what must not be seen from a text of a service. */
  redact(text: string): string {
    const secrets = [this.cloud.login.secret, this.current?.value ?? ''].filter((secret) => secret !== '');
    return secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
  }

  private async logIn(): Promise<Token> {
    const { login, scope } = this.cloud;
    // A token that is to stay as it is, is asked about: one without a scope would be exchanged for an unscoped one.
    const given = login.by === 'token' && scope === undefined ? login.secret : undefined;
    const answer = given === undefined ? await this.exchange() : await this.lookUp(given);
    if (answer.status !== 200 && answer.status !== 201) throw this.refusal(answer);
    const body = bodyOf(answer, 'identity /v3/auth/tokens');
    this.current = readToken(answer, body, this.now(), given);
    this.logger.info(l10n.t('{0}: logged in at Keystone as {1}', this.cloud.name, accountOf(this.cloud)));
    return this.current;
  }

  private exchange(): Promise<HttpAnswer> {
    return this.send('POST', {}, JSON.stringify(loginRequest(this.cloud)));
  }

  private lookUp(token: string): Promise<HttpAnswer> {
    return this.send('GET', { 'X-Auth-Token': token, 'X-Subject-Token': token });
  }

  private async send(method: string, headers: Record<string, string>, body?: string): Promise<HttpAnswer> {
    const url = new URL(`${this.root}/auth/tokens`);
    try {
      return await this.transport.send({
        method,
        url,
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        changes: false,
      });
    } catch (error) {
      throw error instanceof TransportError ? transportError(error, 'Keystone', url, false) : error;
    }
  }

  /** Keystone says 401 for a wrong password, and 404 for a token or application credential that it does not know. */
  private refusal(answer: HttpAnswer): OperatorError {
    const error = answerError(answer, {
      request: 'identity POST /v3/auth/tokens',
      changes: false,
      redact: (text) => this.redact(text),
    });
    const { code, message, cause } = error;
    if (code === 'refused-login' || code === 'not-found') {
      const { login } = this.cloud;
      return new OperatorError(
        'refused-login',
        l10n.t('Keystone refused the login of {0}. {1}', accountOf(this.cloud), message),
        login.by === 'token'
          ? l10n.t(
              'The token has expired or was revoked: get a new one, or log in with an application credential.',
            )
          : l10n.t(
              'Check the user or application credential, its domain, its password or secret, and the project.',
            ),
        { cause },
      );
    }
    return code === 'bad-answer'
      ? new OperatorError(
          code,
          message,
          l10n.t("Check auth_url: Keystone's v3 API must be at {0}.", this.root),
          { cause },
        )
      : error;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
