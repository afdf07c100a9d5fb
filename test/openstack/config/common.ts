import { authUrl, connectionTo, region, state, type Site } from '../site';
import type { Section } from './ini';

export function databaseSection(site: Site, database: string): Section {
  return { connection: connectionTo(site, database) };
}

/** How a service logs in to use another one. */
export function loginSection(site: Site, user: string): Section {
  return {
    auth_type: 'password',
    auth_url: authUrl(site),
    username: user,
    password: site.passwords.services,
    project_name: 'service',
    user_domain_name: 'Default',
    project_domain_name: 'Default',
    region_name: region,
  };
}

/** How a service checks the tokens of those who call it. */
export function tokenSection(site: Site, user: string): Section {
  return {
    ...loginSection(site, user),
    www_authenticate_uri: authUrl(site),
    service_token_roles: 'service',
    service_token_roles_required: true,
  };
}

export function lockSection(site: Site): Section {
  return { lock_path: state(site, 'locks') };
}
