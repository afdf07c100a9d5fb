import * as l10n from '@vscode/l10n';
import { OperatorError, type ErrorCode } from '../../model/errors';
import { visible } from '../../model/text';
import type { HttpAnswer } from './transport';

/** What a service answered: the cause of an OperatorError that a request rejects with. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    message: string,
    readonly status: number,
    /** the body has the form of an error of OpenStack: a proxy's page has not */
    readonly own: boolean,
  ) {
    super(message);
  }
}

/** A 404 that the service itself gave. A 404 of a proxy, or of a wrong path, says nothing about the thing. */
export function isOwn404(error: unknown): boolean {
  return (
    OperatorError.is(error, 'not-found') &&
    error.cause instanceof ServiceError &&
    error.cause.status === 404 &&
    error.cause.own
  );
}

export interface Asked {
  /** for example `compute GET /servers/detail` */
  readonly request: string;
  readonly changes: boolean;
  readonly redact: (text: string) => string;
}

const longest = 400;

/** The error that an answer with a status from 300 on means. */
export function answerError(answer: HttpAnswer, { request, changes, redact }: Asked): OperatorError {
  const { status } = answer;
  const own = ownMessage(answer.text);
  const code = codeOf(status, own !== undefined, changes);
  const said = visible(redact(own ?? foreignMessage(answer))).slice(0, longest);
  const id = requestId(answer);
  const message = l10n.t('{0}: {1} {2}', request, status, id === '' ? said : `${said} (${visible(id)})`);
  return new OperatorError(code, message, actionFor(code), {
    cause: new ServiceError(said, status, own !== undefined),
  });
}

/** The JSON of an answer. */
export function bodyOf({ text }: HttpAnswer, request: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new OperatorError(
      'bad-answer',
      l10n.t('{0}: the answer is not JSON, or only half of it came.', request),
      l10n.t('Check that this is the address of the service, and not of a proxy or another service.'),
    );
  }
}

function codeOf(status: number, own: boolean, changes: boolean): ErrorCode {
  switch (status) {
    case 401:
      return 'refused-login';
    case 403:
      return 'permission-denied';
    case 404:
      return own ? 'not-found' : 'bad-answer';
    case 406:
      return 'unsupported';
    case 409:
    case 412:
      return 'conflict';
    case 429:
    case 503:
      return 'busy';
    default:
      if (status < 400) return 'bad-answer';
      // Seen on Zed: a DELETE answered with 500 had set task_state to deleting.
      return status >= 500 && changes ? 'outcome-unknown' : 'command-failed';
  }
}

/**
 * The text of an error in the forms of the services: Nova and Cinder `{"itemNotFound": {"code", "message"}}`,
 * Keystone `{"error": {"code", "message"}}`, Neutron `{"NeutronError": {"type", "message"}}`, Placement
 * `{"errors": [{"status", "detail"}]}`, Ironic `{"error_message": {"faultcode", "faultstring"}}` with JSON in a text in
 * older releases; keystonemiddleware and Nova's 406 too are of these. Not of these are the
 * `{"message", "code", "title"}` of a path that nobody serves, and the `{"message"}` of API gateways.
 */
function ownMessage(text: string): string | undefined {
  const body = parsed(text);
  if (typeof body !== 'object' || body === null) return undefined;
  for (const value of Object.values(body) as unknown[]) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const error = typeof first === 'string' ? parsed(first) : first;
    if (typeof error !== 'object' || error === null) continue;
    if ('message' in error && typeof error.message === 'string') return error.message;
    if ('detail' in error && typeof error.detail === 'string') return error.detail;
    if ('faultstring' in error && typeof error.faultstring === 'string') return error.faultstring;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function foreignMessage({ status, headers }: HttpAnswer): string {
  return status < 400 && headers.location !== undefined
    ? l10n.t('redirects to {0}', originOf(headers.location))
    : l10n.t('(not an answer of OpenStack)');
}

function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : '?';
}

/** Nova, Keystone, Placement and Cinder; Neutron. */
function requestId({ headers }: HttpAnswer): string {
  const id = headers['x-openstack-request-id'] ?? headers['x-compute-request-id'];
  return typeof id === 'string' ? id.slice(0, 80) : '';
}

function actionFor(code: ErrorCode): string {
  switch (code) {
    case 'refused-login':
      return l10n.t('Check that the service trusts this Keystone, and that the user is enabled.');
    case 'permission-denied':
      return l10n.t('Use an account with the role admin, or let the policy of the service allow this.');
    case 'not-found':
      return l10n.t('It is gone, or this account cannot see it.');
    case 'bad-answer':
      return l10n.t('Check that this is the address of the service, and not of a proxy or another service.');
    case 'unsupported':
      return l10n.t('The service is too old for this.');
    case 'conflict':
      return l10n.t('It changed, or its state does not allow this: look again.');
    case 'busy':
      return l10n.t('The service is overloaded or not ready. Try again in a moment.');
    case 'outcome-unknown':
      return l10n.t('It may have happened: look again before you repeat it.');
    default:
      return l10n.t('Look the request id up in the log of the service.');
  }
}
