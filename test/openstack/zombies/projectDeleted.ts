import { Session } from '../session';
import type { Zombie } from './zombie';

export const projectDeleted: Zombie = {
  kind: 'project-gone',
  verdict: 'confirmed',
  how: 'its project was deleted in Keystone before it',
  async prepare({ cloud }) {
    const { session, admin } = cloud;
    const { project } = await session.must<{ project: { id: string } }>('identity', 'POST', '/projects', {
      project: { name: 'closed', domain_id: 'default' },
    });
    const { users } = await session.must<{ users: { id: string }[] }>('identity', 'GET', '/users?name=admin');
    const { roles } = await session.must<{ roles: { id: string }[] }>('identity', 'GET', '/roles?name=admin');
    await session.must(
      'identity',
      'PUT',
      `/projects/${project.id}/users/${users[0]?.id}/roles/${roles[0]?.id}`,
    );
    const owner = new Session(cloud.authUrl, { ...admin, project: 'closed' });
    const made = await cloud.createInstance(
      { name: 'project-deleted', host: 'compute-12', port: false },
      owner,
    );
    return made.id;
  },
  async happen({ cloud }, uuid) {
    const { projects } = await cloud.session.must<{ projects: { id: string }[] }>(
      'identity',
      'GET',
      '/projects?name=closed',
    );
    await cloud.session.must('identity', 'DELETE', `/projects/${projects[0]?.id}`);
    return uuid;
  },
};
