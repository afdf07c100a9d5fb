import { defined, type Shape } from './shape';

/** Narrows a list of servers. Nova leaves filters out without a word when the account is no admin. */
export interface ServerFilter {
  /** true: only those whose row is soft-deleted; default: only the others */
  readonly deleted?: boolean;
  readonly host?: string;
  readonly projectId?: string;
}

/** A server as Nova's API shows it; `compute API`, "Show Server Details". */
export interface Server {
  readonly id: string;
  /** a tenant's text; absent: the server's cell is down, and all that is known is what is required here */
  readonly name?: string;
  readonly status: string;
  readonly projectId: string;
  readonly created: string;
  readonly userId?: string;
  readonly updated?: string;
  readonly vmState?: string;
  readonly taskState?: string;
  /** as `instances.power_state`: 1 running, 4 shut down ... */
  readonly powerState?: number;
  readonly host?: string;
  /** instance-%08x, the name of its domain */
  readonly domainName?: string;
  readonly locked?: boolean;
  readonly volumeIds: readonly string[];
}

export function readServer(item: Shape): Server {
  return defined({
    id: item.text('id'),
    name: item.optionalText('name'),
    status: item.text('status'),
    projectId: item.text('tenant_id'),
    created: item.text('created'),
    userId: item.optionalText('user_id'),
    updated: item.optionalText('updated'),
    vmState: item.optionalText('OS-EXT-STS:vm_state'),
    taskState: item.optionalText('OS-EXT-STS:task_state'),
    powerState: item.optionalNumber('OS-EXT-STS:power_state'),
    host: item.optionalText('OS-EXT-SRV-ATTR:host'),
    domainName: item.optionalText('OS-EXT-SRV-ATTR:instance_name'),
    locked: item.optionalFlag('locked'),
    volumeIds: item.optionalList('os-extended-volumes:volumes_attached').map((volume) => volume.text('id')),
  });
}
