import type { Login, OpenStackCloud, Scope } from './openStackCloud';

/** The body of `POST /v3/auth/tokens` (Identity API v3, "Password", "Application Credential" and "Token" authentication). */
export function loginRequest({ login, scope }: OpenStackCloud): object {
  const identity = identityOf(login);
  // Keystone refuses a scope with an application credential: it has its own.
  return login.by === 'application-credential' || scope === undefined
    ? { auth: { identity } }
    : { auth: { identity, scope: scopeOf(scope) } };
}

function identityOf(login: Login): object {
  switch (login.by) {
    case 'password':
      return { methods: ['password'], password: { user: { ...login.user, password: login.secret } } };
    case 'application-credential':
      return {
        methods: ['application_credential'],
        application_credential: { ...login.credential, secret: login.secret },
      };
    case 'token':
      return { methods: ['token'], token: { id: login.secret } };
  }
}

function scopeOf(scope: Scope): object {
  switch (scope.to) {
    case 'project':
      return { project: scope.project };
    case 'domain':
      return { domain: scope.domain };
    case 'system':
      return { system: { all: true } };
    case 'trust':
      return { 'OS-TRUST:trust': { id: scope.id } };
  }
}

/** Who logs in where, for logs and messages: `admin@https://keystone.example:5000`. Holds no secret. */
export function accountOf({ login, authUrl }: OpenStackCloud): string {
  const place = new URL(authUrl);
  return `${whoOf(login)}@${place.protocol}//${place.host}`;
}

function whoOf(login: Login): string {
  if (login.by === 'token') return 'token';
  const who = login.by === 'password' ? login.user : login.credential;
  return 'id' in who ? who.id : who.name;
}
