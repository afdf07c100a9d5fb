import * as l10n from '@vscode/l10n';
import type { BareMetalNode as ApiNode } from '../../cloud/openstack/ironicShapes';
import { wholeOf } from '../../cloud/openstack/listing';
import { defined } from '../../cloud/openstack/shape';
import type { BareMetalNode } from '../../model/facts';
import { foreign } from './foreign';
import { groupedBy } from '../groupedBy';
import type { Service } from './service';

export const ironic: Service = {
  name: { id: 'ironic', kind: 'ironic', name: 'Ironic' },
  type: 'baremetal',
  regional: true,
  signs: ['node-of-none'],

  async survey({ api, rows, mark, signal }) {
    const { items, gap } = await api.bareMetal.nodes(undefined, signal);
    // Since Zed the role admin alone may not do: Ironic then lists what the project owns (policy node:list_all).
    if (!gap && items.length === 0 && rows.hasBareMetal)
      return foreign(l10n.t('Ironic lists no node, and Nova has compute nodes of it.'));
    for (const { instanceUuid = '', allocationUuid } of items)
      if (allocationUuid === undefined && rows.isNone(instanceUuid.toLowerCase()))
        mark(instanceUuid.toLowerCase(), 'node-of-none');
    return gap;
  },

  /** There are few nodes: they are listed again, however many are asked about. */
  async inquire({ api, signal }) {
    const nodes = wholeOf(await api.bareMetal.nodes(undefined, signal));
    const byInstance = groupedBy(nodes, ({ instanceUuid = '' }) => instanceUuid.toLowerCase());
    return ({ uuid }) => Promise.resolve({ nodes: (byInstance.get(uuid) ?? []).map(nodeOf) });
  },
};

function nodeOf({ uuid, name = '', provisionState = '', maintenance, ...rest }: ApiNode): BareMetalNode {
  const { updatedAt, allocationUuid: allocation } = rest;
  return defined({ uuid, name, provisionState, maintenance, updatedAt, allocation });
}
