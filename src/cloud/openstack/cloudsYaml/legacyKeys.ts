import type { Value } from './value';

/**
 * Keys that belong into `auth` wherever they were written, with their older spellings; the last one that is there
 * counts, and of one spelling the one in `auth` (`_fix_backwards_project` of openstack/config/loader.py 0.101).
 */
const spellings: Readonly<Record<string, readonly string[]>> = {
  domain_id: ['domain_id', 'domain-id'],
  domain_name: ['domain_name', 'domain-name'],
  user_domain_id: ['user_domain_id', 'user-domain-id'],
  user_domain_name: ['user_domain_name', 'user-domain-name'],
  project_domain_id: ['project_domain_id', 'project-domain-id'],
  project_domain_name: ['project_domain_name', 'project-domain-name'],
  token: ['auth-token', 'auth_token', 'token'],
  project_id: ['tenant_id', 'tenant-id', 'project_id', 'project-id'],
  project_name: ['tenant_name', 'tenant-name', 'project_name', 'project-name'],
};

/** Null and the empty text are absent. (openstacksdk takes null for the text "None".) */
export function moveIntoAuth(settings: Map<string, Value>, auth: Map<string, Value>): void {
  for (const [key, names] of Object.entries(spellings)) {
    let winner: Value | undefined;
    for (const name of names) {
      for (const place of [settings, auth]) {
        const value = place.get(name);
        if (value !== undefined && value.data !== null) winner = value;
        place.delete(name);
      }
    }
    if (winner !== undefined && winner.data !== '') auth.set(key, winner);
  }
}

/** With a project, one domain stands for the user's and the project's (`_handle_domain_id`, loader.py 0.101). */
export function shareDomain(auth: Map<string, Value>): void {
  if (!auth.has('project_id') && !auth.has('project_name')) return;
  for (const kind of ['id', 'name']) {
    const shared = auth.get(`domain_${kind}`);
    for (const key of [`user_domain_${kind}`, `project_domain_${kind}`]) {
      if (shared !== undefined && !auth.has(key)) auth.set(key, shared);
    }
    auth.delete(`domain_${kind}`);
  }
}

/** `endpoint_type` was the name of `interface`, for the cloud and for single services. */
export function modernInterfaces(settings: Map<string, Value>): Map<string, Value> {
  const ofCloud = settings.get('endpoint_type');
  if (ofCloud !== undefined) {
    settings.delete('endpoint_type');
    settings.set('interface', ofCloud);
  }
  return new Map([...settings].map(([key, value]) => [key.replace(/endpoint_type$/, 'interface'), value]));
}

/** Timeouts of single services are the one of the cloud (`_fix_backwards_api_timeout`, loader.py 0.101). */
export function modernTimeout(settings: Map<string, Value>): Map<string, Value> {
  const isOfService = (key: string): boolean =>
    key.endsWith('timeout') && key !== 'timeout' && key !== 'api_timeout';
  const ofService = [...settings].filter(([key]) => isOfService(key)).at(-1)?.[1];
  const modern = new Map([...settings].filter(([key]) => !isOfService(key)));
  if (ofService !== undefined && ofService.data !== null) modern.set('api_timeout', ofService);
  return modern;
}
