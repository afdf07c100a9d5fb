import { step } from '../commands';
import { apiTypes, authUrl, baseUrl, configuration, region, type ApiType, type Site } from '../site';
import type { Session } from '../session';

interface Named {
  readonly id: string;
}

const serviceNames: Readonly<Record<ApiType, string>> = {
  identity: 'keystone',
  placement: 'placement',
  image: 'glance',
  network: 'neutron',
  volumev3: 'cinder',
  compute: 'nova',
};

const paths: Partial<Record<ApiType, string>> = { compute: '/v2.1', volumev3: '/v3/%(project_id)s' };

/** Keystone's keys, the administrator, and the entry of Keystone itself in the catalogue. */
export async function bootstrapKeystone(site: Site): Promise<void> {
  const manage = (...args: string[]): Promise<string> =>
    step(site.directory, 'keystone-manage', '/usr/bin/keystone-manage', [
      `--config-file=${configuration(site, 'keystone.conf')}`,
      ...args,
    ]);
  const asRoot = ['--keystone-user=root', '--keystone-group=root'];
  await Promise.all([manage('fernet_setup', ...asRoot), manage('credential_setup', ...asRoot)]);
  await manage(
    'bootstrap',
    `--bootstrap-password=${site.passwords.admin}`,
    ...['admin', 'internal', 'public'].map((face) => `--bootstrap-${face}-url=${authUrl(site)}`),
    `--bootstrap-region-id=${region}`,
  );
}

/** The services' users and endpoints, and a tenant who is nobody's administrator. */
export async function seedIdentity(site: Site, session: Session): Promise<void> {
  const create = async (what: string, path: string, body: object): Promise<string> =>
    (await session.must<Record<string, Named>>('identity', 'POST', path, { [what]: body }))[what]?.id ?? '';
  const roleId = async (name: string): Promise<string> => {
    const { roles } = await session.must<{ roles: Named[] }>('identity', 'GET', `/roles?name=${name}`);
    return roles[0]?.id ?? create('role', '/roles', { name });
  };
  const [admin, service, member] = await Promise.all(['admin', 'service', 'member'].map(roleId));
  const newProject = (name: string): Promise<string> =>
    create('project', '/projects', { name, domain_id: 'default' });
  const newUser = async (name: string, password: string, project: string, roles: string[]): Promise<void> => {
    const user = await create('user', '/users', { name, password, domain_id: 'default' });
    for (const role of roles) {
      await session.must('identity', 'PUT', `/projects/${project}/users/${user}/roles/${role}`);
    }
  };
  const newEndpoints = async (type: ApiType): Promise<void> => {
    const service_id = await create('service', '/services', { name: serviceNames[type], type });
    const url = baseUrl(site, type) + (paths[type] ?? '');
    for (const face of ['public', 'internal', 'admin']) {
      const endpoint = { service_id, interface: face, url, region_id: region };
      await create('endpoint', '/endpoints', endpoint);
    }
  };
  const [services, tenant] = await Promise.all([newProject('service'), newProject('tenant')]);
  const others = apiTypes.filter((type) => type !== 'identity');
  await Promise.all([
    ...others.map((type) =>
      newUser(serviceNames[type], site.passwords.services, services, [admin ?? '', service ?? '']),
    ),
    newUser('tenant', site.passwords.tenant, tenant, [member ?? '']),
    ...others.map(newEndpoints),
  ]);
}
