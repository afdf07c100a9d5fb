import type { BareMetalApi } from './openStackApi';
import type { ApiSession, Query } from './apiSession';
import { gapOf, gapOfAccount, incomplete, list, withGap, type Listing } from './listing';
import { compare, type Microversions } from './microversion';
import { defined, type Shape } from './shape';
import type { BareMetalNode } from './ironicShapes';

/** 1.8 brought the choice of fields, 1.52 `allocation_uuid` (Ironic, "REST API Version History"). */
const versions: Microversions = { least: '1.8', most: '1.52' };
const allocations = '1.52';

const fields = ['uuid', 'name', 'instance_uuid', 'provision_state', 'maintenance', 'updated_at'];

/** Ironic's API v1: nodes. An account without the role admin sees those that its project owns or leases. */
export class Ironic implements BareMetalApi {
  constructor(private readonly session: ApiSession) {}

  async nodes(instanceUuid?: string, signal?: AbortSignal): Promise<Listing<BareMetalNode>> {
    let query: Query;
    try {
      query = [
        ...(instanceUuid === undefined ? [] : [['instance_uuid', instanceUuid] as const]),
        ['fields', (await this.fields(signal)).join(',')],
      ];
    } catch (error) {
      return incomplete([], gapOf(error));
    }
    const nodes = await list<BareMetalNode>(
      this.session,
      {
        call: { service: 'baremetal', path: '/nodes', query, versions },
        field: 'nodes',
        read: readNode,
        idOf: ({ uuid }) => uuid,
        pages: 'next',
      },
      signal,
    );
    return nodes.complete ? withGap(nodes, await gapOfAccount(this.session)) : nodes;
  }

  /** A field that the agreed version does not have is refused. */
  private async fields(signal?: AbortSignal): Promise<readonly string[]> {
    const version = await this.session.version('baremetal', versions, signal);
    return version !== undefined && compare(version, allocations) >= 0
      ? [...fields, 'allocation_uuid']
      : fields;
  }
}

function readNode(item: Shape): BareMetalNode {
  return defined({
    uuid: item.text('uuid'),
    name: item.optionalText('name'),
    instanceUuid: item.optionalText('instance_uuid'),
    allocationUuid: item.optionalText('allocation_uuid'),
    provisionState: item.optionalText('provision_state'),
    maintenance: item.optionalFlag('maintenance') ?? false,
    updatedAt: item.optionalTime('updated_at'),
  });
}
