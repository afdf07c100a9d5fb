import type { AuthKey, AuthType, SecretKey } from './resolvedCloud';

const scope = [
  'auth_url',
  'system_scope',
  'domain_id',
  'domain_name',
  'project_id',
  'project_name',
  'project_domain_id',
  'project_domain_name',
  'trust_id',
] as const;
const user = ['user_id', 'username', 'user_domain_id', 'user_domain_name'] as const;
const anyVersion = ['default_domain_id', 'default_domain_name', ...scope] as const;
const credential = ['application_credential_id', 'application_credential_name'] as const;

/** What the plugin of each type takes (keystoneauth1/loading/_plugins/identity/generic.py and v3.py, 5.0.0). */
export const optionsOf: Readonly<Record<AuthType, readonly ('auth_url' | AuthKey | SecretKey)[]>> = {
  password: [...anyVersion, ...user, 'password'],
  token: [...anyVersion, 'token'],
  v3password: [...scope, ...user, 'password'],
  v3token: [...scope, 'token'],
  v3applicationcredential: [...scope, ...user, ...credential, 'application_credential_secret'],
};

/** What a plugin's class takes besides; nothing depends on it here. */
export const harmless: readonly string[] = ['reauthenticate', 'include_catalog', 'unscoped'];
