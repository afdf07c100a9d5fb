import type { IdentityApi } from './openStackApi';
import type { ApiSession } from './apiSession';
import { orAbsent } from './absence';
import { gapOfAccount, list, withGap, type Listing } from './listing';
import type { Shape } from './shape';

/** `identity API v3`, "List projects". */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly enabled: boolean;
}

/** Keystone's API v3: projects. */
export class Identity implements IdentityApi {
  constructor(private readonly session: ApiSession) {}

  async projects(signal?: AbortSignal): Promise<Listing<Project>> {
    const projects = await list<Project>(
      this.session,
      {
        call: { service: 'identity', path: '/projects' },
        field: 'projects',
        read: readProject,
        idOf: ({ id }) => id,
        pages: 'none',
      },
      signal,
    );
    return projects.complete ? withGap(projects, await gapOfAccount(this.session)) : projects;
  }

  /** Undefined when Keystone says that it has none. */
  async project(id: string, signal?: AbortSignal): Promise<Project | undefined> {
    const path = `/projects/${encodeURIComponent(id)}`;
    const body = await orAbsent(this.session, `project ${id}`, () =>
      this.session.read({ service: 'identity', path }, signal),
    );
    return body && readProject(body.object('project'));
  }
}

function readProject(item: Shape): Project {
  return {
    id: item.text('id'),
    name: item.text('name'),
    domainId: item.text('domain_id'),
    enabled: item.optionalFlag('enabled') ?? true,
  };
}
