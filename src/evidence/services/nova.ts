import * as l10n from '@vscode/l10n';
import { wholeOf } from '../../cloud/openstack/listing';
import { OperatorError } from '../../model/errors';
import { foreign } from './foreign';
import type { Service } from './service';

/** Its rows are read from its databases; of its API the compute services tell whether it can see all cells. */
export const nova: Service = {
  name: { id: 'nova', kind: 'nova', name: 'Nova' },
  type: 'compute',
  // It is asked about what the other services hold for an instance.
  signs: ['port-of-none', 'attachment-of-none', 'node-of-none', 'volume-gone', 'project-gone'],

  async survey({ api, rows, signal }) {
    const { items, gap } = await api.compute.services(signal);
    if (gap) return gap;
    return rows.hosts.size > 0 && !items.some(({ host }) => rows.hosts.has(host))
      ? foreign(l10n.t("Nova's API lists no host of Nova's databases: it may be that of another region."))
      : undefined;
  },

  async inquire({ api, many, signal }) {
    if (many) {
      const ids = new Set(wholeOf(await api.compute.serverIds(signal)));
      return ({ uuid }) => Promise.resolve({ novaApi: ids.has(uuid) ? 'present' : 'absent' });
    }
    return async ({ uuid }) => {
      try {
        return { novaApi: (await api.compute.server(uuid, signal)) ? 'present' : 'absent' };
      } catch (error) {
        // A 500 is about this one alone: rows of it are missing, or its cell is down. Then nothing is known of it.
        if (OperatorError.is(error, 'command-failed')) return {};
        throw error;
      }
    };
  },
};
