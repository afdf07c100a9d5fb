import { randomBytes } from 'node:crypto';
import type { ServicePlans } from '../population/servicePlans';
import { Refusal, type Admit, type Asked, type Reply, type Routes } from './http';

/** Who may log in: the one account of the demo cloud. */
export const admin = { user: 'admin', project: 'admin', domain: 'Default' } as const;
export const region = 'RegionOne';

/** Keystone's v3 API (identity API v3; keystone/api/auth.py and projects.py, Zed). */
export class Keystone {
  private readonly tokens = new Set<string>();

  constructor(
    private readonly password: string,
    private readonly services: () => ServicePlans,
  ) {}

  routes(base: string): Routes {
    return {
      'POST /v3/auth/tokens': (asked) => this.logIn(asked, base),
      'GET /v3/projects': () => ({
        body: { links: {}, projects: this.services().projects.map(project), truncated: false },
      }),
      'GET /v3/projects/:id': ({ named }) => {
        const found = this.services().projects.find(({ id }) => id === named.id);
        if (!found) throw refusal(404, 'Not Found', `Could not find project: ${named.id}.`);
        return { body: { project: project(found) } };
      },
    };
  }

  /** What keystonemiddleware does before each service. Version documents are for everybody. */
  readonly admit: Admit = (path, headers) => {
    const open = path === '/v3/auth/tokens' || /^\/[a-z]+\/(v[0-9.]+\/?)?$/.test(path);
    const token = headers['x-auth-token'];
    if (open || (typeof token === 'string' && this.tokens.has(token))) return undefined;
    return refusal(401, 'Unauthorized', 'The request you have made requires authentication.').reply;
  };

  private logIn({ body }: Asked, base: string): Reply {
    const { auth } = body as {
      auth?: { identity?: { password?: { user?: { name?: string; password?: string } } } };
    };
    const user = auth?.identity?.password?.user;
    if (user?.name !== admin.user || user.password !== this.password)
      throw refusal(401, 'Unauthorized', 'The request you have made requires authentication.');
    const value = `gAAAAA${randomBytes(24).toString('base64url')}`;
    this.tokens.add(value);
    return {
      status: 201,
      headers: { 'X-Subject-Token': value, Vary: 'X-Auth-Token' },
      body: { token: tokenOf(base) },
    };
  }
}

function tokenOf(base: string): object {
  const now = Date.now();
  const domain = { id: 'default', name: admin.domain };
  return {
    methods: ['password'],
    user: { id: 'admin', name: admin.user, domain, password_expires_at: null },
    project: { id: 'admin', name: admin.project, domain },
    roles: ['admin', 'member', 'reader'].map((name) => ({ id: name, name })),
    is_domain: false,
    issued_at: new Date(now).toISOString(),
    expires_at: new Date(now + 3_600_000).toISOString(),
    catalog: Object.entries(endpoints).map(([type, path]) => ({
      id: type,
      type,
      name: type,
      endpoints: ['public', 'internal', 'admin'].map((kind) => ({
        id: `${type} ${kind}`,
        interface: kind,
        region,
        region_id: region,
        url: base + path,
      })),
    })),
  };
}

/** As the services' installation guides register them. */
const endpoints = {
  identity: '/v3',
  compute: '/compute/v2.1',
  placement: '/placement',
  network: '/network',
  volumev3: '/volume/v3/admin',
  baremetal: '/baremetal',
};

function project({ id, name, enabled }: ServicePlans['projects'][number]): object {
  return {
    id,
    name,
    enabled,
    domain_id: 'default',
    parent_id: 'default',
    is_domain: false,
    description: '',
    options: {},
    tags: [],
    links: {},
  };
}

function refusal(code: number, title: string, message: string): Refusal {
  return new Refusal({ status: code, body: { error: { code, title, message } } });
}
