import * as l10n from '@vscode/l10n';
import { wholeOf } from '../../cloud/openstack/listing';
import { projectOf } from '../../model/projectOf';
import { foreign } from './foreign';
import type { Service } from './service';

export const keystone: Service = {
  name: { id: 'keystone', kind: 'keystone', name: 'Keystone' },
  type: 'identity',
  signs: ['project-gone'],

  async survey({ api, rows, mark, signal }) {
    const { items, gap } = await api.identity.projects(signal);
    if (gap) return gap;
    const known = new Set(items.map(({ id }) => id));
    const gone: string[] = [];
    let seen = false;
    for (const { uuid, projectId } of rows.live()) {
      if (projectId === null) continue;
      if (known.has(projectId)) seen = true;
      else gone.push(uuid);
    }
    if (!seen && gone.length > 0)
      return foreign(
        l10n.t('Keystone knows the project of no live instance: it may not be the one of this cloud.'),
      );
    for (const uuid of gone) mark(uuid, 'project-gone');
    return undefined;
  },

  /** What the list does not have is asked for by its id: many instances have few projects. */
  async inquire({ api, signal }) {
    const known = new Set(wholeOf(await api.identity.projects(signal)).map(({ id }) => id));
    const asked = new Map<string, Promise<boolean>>();
    const isGone = async (id: string): Promise<boolean> =>
      known.size > 0 && !known.has(id) && (await api.identity.project(id, signal)) === undefined;
    return async (dossier) => {
      const id = projectOf(dossier);
      if (id === undefined) return {};
      const answer = asked.get(id) ?? isGone(id);
      asked.set(id, answer);
      return { projectGone: await answer };
    };
  },
};
