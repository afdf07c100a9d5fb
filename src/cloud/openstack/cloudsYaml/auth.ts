import * as l10n from '@vscode/l10n';
import { harmless, optionsOf } from './authOptions';
import type { Settings } from './baseSettings';
import type { Origin, Report } from './report';
import { authTypes, type AuthKey, type AuthType, type ResolvedCloud, type SecretKey } from './resolvedCloud';
import { isEmpty, textOf, type Value } from './value';

type Auth = Pick<ResolvedCloud, 'authType' | 'authUrl' | 'auth' | 'secrets'>;

const secretKeys: readonly string[] = [
  'password',
  'token',
  'application_credential_secret',
] satisfies SecretKey[];

/**
 * Who logs in and how. Takes what belongs to the auth type out of the settings, as `_validate_auth` of
 * openstack/config/loader.py 0.101 does; the rules of each type are those of keystoneauth1 5.0.0 (load_from_options).
 */
export function authOf({ settings, auth, authOrigin: origin }: Settings, report: Report): Auth | undefined {
  const authType = authTypeOf(settings, origin, report);
  if (authType === undefined) return undefined;
  const texts = new Map<string, string>();
  for (const option of optionsOf[authType]) {
    const value = take(option, auth, settings);
    const text = textOf(value, report);
    if (text) texts.set(option, text);
  }
  for (const [key, { origin: where }] of auth) {
    if (!harmless.includes(key)) {
      report.error(where, l10n.t('Authentication of the type {0} takes no such key. Remove it.', authType));
    }
  }
  const authUrl = texts.get('auth_url') ?? '';
  texts.delete('auth_url');
  const missing = (message: string): void => report.error(origin, message);
  if (authUrl === '') missing(l10n.t('auth_url is missing. Add the URL of Keystone.'));
  else if (!/^https?:\/\/[^/]/.test(authUrl))
    missing(l10n.t('auth_url must start with https:// or http://.'));
  checkRules(authType, (key) => texts.has(key), missing);
  const part = (secret: boolean): Record<string, string> =>
    Object.fromEntries([...texts].filter(([key]) => secretKeys.includes(key) === secret));
  const plain: Partial<Record<AuthKey, string>> = part(false);
  const secrets: Partial<Record<SecretKey, string>> = part(true);
  return { authType, authUrl, auth: plain, secrets };
}

function authTypeOf(settings: Map<string, Value>, origin: Origin, report: Report): AuthType | undefined {
  const value = settings.get('auth_type');
  const found = authTypes.find((type) => type === value?.data);
  if (found === undefined) {
    report.error(
      value?.origin ?? origin,
      l10n.t('This auth_type is not supported. Use one of: {0}.', authTypes.join(', ')),
    );
  }
  return found;
}

/** The value in `auth`, or else the one of the cloud itself, as environment variables give it. */
function take(option: string, auth: Map<string, Value>, settings: Map<string, Value>): Value | undefined {
  const names = option === 'username' ? ['username', 'user_name'] : [option];
  const first = (from: Map<string, Value>): Value | undefined => {
    const name = names.find((other) => from.has(other));
    return name === undefined ? undefined : from.get(name);
  };
  const own = first(auth);
  const value = isEmpty(own) ? first(settings) : own;
  for (const name of names) {
    auth.delete(name);
    settings.delete(name);
  }
  return value;
}

function checkRules(type: AuthType, has: (key: string) => boolean, missing: (message: string) => void): void {
  const either = (key: string): boolean => has(`${key}_id`) || has(`${key}_name`);
  const without = (key: string, other: string): string =>
    l10n.t('{0} without its domain is not unique. Add {1} or {2}.', key, `${other}_name`, `${other}_id`);
  if (type.startsWith('v3') && has('username') && !either('user_domain')) {
    missing(without('username', 'user_domain'));
  }
  if (type.startsWith('v3') && has('project_name') && !either('project_domain')) {
    missing(without('project_name', 'project_domain'));
  }
  if (type === 'v3applicationcredential') {
    if (!either('application_credential')) {
      missing(
        l10n.t(
          'The application credential is not named. Add application_credential_id, or its name and the user.',
        ),
      );
    }
    if (!has('application_credential_secret'))
      missing(l10n.t('application_credential_secret is missing. Add it.'));
    if (
      !has('application_credential_id') &&
      has('application_credential_name') &&
      !has('username') &&
      !has('user_id')
    ) {
      missing(
        l10n.t('application_credential_name needs its user. Add username and user_domain_name, or user_id.'),
      );
    }
  }
  if (type.endsWith('password') && !has('username') && !has('user_id')) {
    missing(l10n.t('The user is missing. Add username or user_id.'));
  }
  if (type.endsWith('token') && !has('token')) missing(l10n.t('The token is missing. Add token.'));
}
