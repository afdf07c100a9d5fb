import * as l10n from '@vscode/l10n';
import type { Gap } from '../../model/source';
import type { IdentityApi } from './openStackApi';
import type { ApiSession } from './apiSession';
import { orAbsent } from './absence';
import { gapOfAccount, list, withGap, type Listing } from './listing';
import type { Shape } from './shape';
import type { Project } from './identityShapes';

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
    if (!projects.complete) return projects;
    return withGap(projects, (await gapOfAccount(this.session)) ?? (await this.gapOfScope()));
  }

  /** Undefined when Keystone says that it has none. */
  async project(id: string, signal?: AbortSignal): Promise<Project | undefined> {
    const path = `/projects/${encodeURIComponent(id)}`;
    const body = await orAbsent(this.session, `project ${id}`, () =>
      this.session.read({ service: 'identity', path }, signal),
    );
    return body && readProject(body.object('project'));
  }

  /** Of the projects of all domains those of its own are listed (keystone/api/projects.py, _list_projects, Zed). */
  private async gapOfScope(): Promise<Gap | undefined> {
    if (!(await this.session.isOfDomain())) return undefined;
    return {
      code: 'permission-denied',
      message: l10n.t('The login is scoped to a domain: Keystone shows the projects of that domain alone.'),
      action: l10n.t('Scope the login to a project or to the system, with the role admin.'),
    };
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
