import type { ResolvedCloud } from './cloudsYaml/resolvedCloud';
import type { Domain, Login, Named, OpenStackCloud, Scope } from './openStackCloud';

type Auth = ResolvedCloud['auth'];

/** A cloud of clouds.yaml as the APIs want it, under the name of our configuration. */
export function fromCloudsYaml(name: string, cloud: ResolvedCloud, secret: string): OpenStackCloud {
  const { auth, region, caFile, certFile, keyFile, verify, apiTimeoutSeconds } = cloud;
  const scope = scopeOf(auth);
  return {
    name,
    authUrl: cloud.authUrl,
    login: loginOf(cloud, secret),
    ...(scope ? { scope } : {}),
    ...(region === undefined ? {} : { region }),
    interface: cloud.interface,
    services: servicesOf(cloud),
    tls: {
      verify,
      ...(caFile === undefined ? {} : { caFile }),
      ...(certFile === undefined ? {} : { certFile }),
      ...(keyFile === undefined ? {} : { keyFile }),
    },
    forceIpv4: cloud.forceIpv4,
    ...(apiTimeoutSeconds === undefined ? {} : { answerMs: apiTimeoutSeconds * 1000 }),
  };
}

/** The secret that the file holds; absent when it has to be asked for. */
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

function loginOf({ authType, auth }: ResolvedCloud, secret: string): Login {
  switch (authType) {
    case 'password':
    case 'v3password':
      return { by: 'password', user: userOf(auth), secret };
    case 'token':
    case 'v3token':
      return { by: 'token', secret };
    case 'v3applicationcredential': {
      const id = auth.application_credential_id;
      const credential =
        id === undefined ? { name: auth.application_credential_name ?? '', user: userOf(auth) } : { id };
      return { by: 'application-credential', credential, secret };
    }
  }
}

function userOf(auth: Auth): Named {
  return named(auth.user_id, auth.username, auth.user_domain_id, auth.user_domain_name, auth);
}

/** In the order in which keystoneauth1 4.3 looks (keystoneauth1/identity/v3/base.py, get_auth_ref). */
function scopeOf(auth: Auth): Scope | undefined {
  if (auth.trust_id !== undefined) return { to: 'trust', id: auth.trust_id };
  if (auth.system_scope !== undefined) return { to: 'system' };
  if (auth.project_id !== undefined || auth.project_name !== undefined) {
    const { project_id: id, project_name: name, project_domain_id, project_domain_name } = auth;
    return { to: 'project', project: named(id, name, project_domain_id, project_domain_name, auth) };
  }
  const domain = domainOf(auth.domain_id, auth.domain_name);
  return domain && { to: 'domain', domain };
}

function named(
  id: string | undefined,
  name: string | undefined,
  domainId: string | undefined,
  domainName: string | undefined,
  { default_domain_id, default_domain_name }: Auth,
): Named {
  if (id !== undefined) return { id };
  const domain = domainOf(domainId, domainName) ?? domainOf(default_domain_id, default_domain_name);
  return { name: name ?? '', domain: domain ?? { id: 'default' } };
}

function domainOf(id: string | undefined, name: string | undefined): Domain | undefined {
  if (id !== undefined) return { id };
  return name === undefined ? undefined : { name };
}

/** clouds.yaml writes `block_storage` where the service types authority has `block-storage`. */
function servicesOf({ endpointOverrides, interfaces, regions }: ResolvedCloud): OpenStackCloud['services'] {
  const names = new Set([endpointOverrides, interfaces, regions].flatMap((record) => Object.keys(record)));
  return Object.fromEntries(
    [...names].map((name) => {
      const endpoint = endpointOverrides[name];
      const chosen = interfaces[name];
      const region = regions[name];
      return [
        typeOf(name),
        {
          ...(endpoint === undefined ? {} : { endpoint }),
          ...(chosen === undefined ? {} : { interface: chosen }),
          ...(region === undefined ? {} : { region }),
        },
      ];
    }),
  );
}

function typeOf(name: string): string {
  const type = name.replaceAll('_', '-');
  return type === 'volume' || type.startsWith('volumev') ? 'block-storage' : type;
}
