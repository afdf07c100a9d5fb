import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { AuthKey, ResolvedCloud } from './cloudsYaml/resolvedCloud';
import type { Domain, Login, Named, OpenStackCloud, Scope, ServicePlace } from './openStackCloud';

type Auth = ResolvedCloud['auth'];

/** The password, token or secret that the files hold; undefined: the operator has to be asked. */
export function secretOf({ authType, secrets }: ResolvedCloud): string | undefined {
  switch (authType) {
    case 'password':
    case 'v3password':
      return secrets.password;
    case 'token':
    case 'v3token':
      return secrets.token;
    case 'v3applicationcredential':
      return secrets.application_credential_secret;
  }
}

/** A cloud of clouds.yaml, ready to log in with `secret`. */
export function fromCloudsYaml(resolved: ResolvedCloud, secret: string): OpenStackCloud {
  const { name, authUrl, region, forceIpv4, verify, caFile, certFile, keyFile } = resolved;
  const scope = scopeOf(resolved.auth);
  return {
    name,
    authUrl,
    login: loginOf(resolved, secret),
    ...(scope ? { scope } : {}),
    ...(region === undefined ? {} : { region }),
    interface: resolved.interface,
    services: servicesOf(resolved),
    tls: {
      verify,
      ...(caFile === undefined ? {} : { caFile }),
      ...(certFile === undefined ? {} : { certFile }),
      ...(keyFile === undefined ? {} : { keyFile }),
    },
    forceIpv4,
    ...(resolved.apiTimeoutSeconds === undefined ? {} : { answerMs: resolved.apiTimeoutSeconds * 1000 }),
  };
}

function loginOf({ authType, auth }: ResolvedCloud, secret: string): Login {
  switch (authType) {
    case 'password':
    case 'v3password':
      return { by: 'password', user: userOf(auth), secret };
    case 'token':
    case 'v3token':
      return { by: 'token', secret };
    case 'v3applicationcredential': {
      const { application_credential_id: id, application_credential_name: name = '' } = auth;
      const credential = id === undefined ? { name, user: userOf(auth) } : { id };
      return { by: 'application-credential', credential, secret };
    }
  }
}

function userOf(auth: Auth): Named {
  return named(auth, 'user_id', 'username', domainOf(auth, 'user_domain')) ?? { id: '' };
}

/** What the token is for: one thing at most, as in keystoneauth1 5.0.0 (identity/v3/base.py, get_auth_ref). */
function scopeOf(auth: Auth): Scope | undefined {
  const domain = domainNamed(auth, 'domain');
  const project = named(auth, 'project_id', 'project_name', domainOf(auth, 'project_domain'));
  const scopes: Scope[] = [
    ...(project ? [{ to: 'project', project } as const] : []),
    ...(domain ? [{ to: 'domain', domain } as const] : []),
    ...(auth.trust_id === undefined ? [] : [{ to: 'trust', id: auth.trust_id } as const]),
    ...(auth.system_scope === undefined ? [] : [{ to: 'system' } as const]),
  ];
  if (scopes.length > 1) {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The login is for several things at once: {0}.', scopes.map(({ to }) => to).join(', ')),
      l10n.t('Leave one of them in clouds.yaml: a project, a domain, a trust or the system.'),
    );
  }
  return scopes[0];
}

function named(auth: Auth, idKey: AuthKey, nameKey: AuthKey, domain: Domain): Named | undefined {
  const id = auth[idKey];
  if (id !== undefined) return { id };
  const name = auth[nameKey];
  return name === undefined ? undefined : { name, domain };
}

/** Without any domain it is Keystone's own default one, as for openstackclient. */
function domainOf(auth: Auth, kind: 'user_domain' | 'project_domain'): Domain {
  return domainNamed(auth, kind) ?? domainNamed(auth, 'default_domain') ?? { id: 'default' };
}

function domainNamed(
  auth: Auth,
  kind: 'domain' | 'user_domain' | 'project_domain' | 'default_domain',
): Domain | undefined {
  const id = auth[`${kind}_id`];
  if (id !== undefined) return { id };
  const name = auth[`${kind}_name`];
  return name === undefined ? undefined : { name };
}

function servicesOf({ endpointOverrides, interfaces, regions }: ResolvedCloud): Record<string, ServicePlace> {
  const places: Record<string, ServicePlace> = {};
  const add = (key: string, place: ServicePlace): void => {
    const type = typeOf(key);
    places[type] = { ...places[type], ...place };
  };
  for (const [key, endpoint] of Object.entries(endpointOverrides)) add(key, { endpoint });
  for (const [key, kind] of Object.entries(interfaces)) add(key, { interface: kind });
  for (const [key, region] of Object.entries(regions)) add(key, { region });
  return places;
}

/** clouds.yaml writes `block_storage` for the type `block-storage`; `volume` and `volumev3` are its older names. */
function typeOf(key: string): string {
  const type = key.replaceAll('_', '-');
  return type === 'volume' || type === 'volumev3' ? 'block-storage' : type;
}
