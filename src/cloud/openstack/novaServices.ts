import * as l10n from '@vscode/l10n';
import type { Gap } from '../../model/source';
import type { ApiSession } from './apiSession';
import { gapOf, gapOfAccount, incomplete, list, withGap, type Listing } from './listing';
import type { Microversions } from './microversion';
import { defined, type Shape } from './shape';

/** Lists show what is in a down cell from 2.69 on; nothing above 2.72 is used. */
export const listVersions: Microversions = { least: '2.1', most: '2.72' };
const tellsDownCells: Microversions = { least: '2.69', most: '2.72' };

/** A row of `services`; `compute API`, "List Compute Services". */
export interface ComputeService {
  /** nova-compute, nova-scheduler, nova-conductor */
  readonly binary: string;
  readonly host: string;
  /** unknown: its cell is down, or another one is and Nova's answer took too long to be believed */
  readonly state: 'up' | 'down' | 'unknown';
  readonly id?: string;
  readonly disabled?: boolean;
  readonly disabledReason?: string;
  readonly updatedAt?: string;
}

/** The compute services of all cells that answer, and of the others their hosts' names from `host_mappings`. */
export async function listServices(
  session: ApiSession,
  signal?: AbortSignal,
): Promise<Listing<ComputeService>> {
  const services = await list<ComputeService>(
    session,
    {
      call: { service: 'compute', path: '/os-services', versions: listVersions },
      field: 'services',
      read: readService,
      idOf: ({ binary, host, id }) => `${binary} ${host} ${id ?? ''}`,
      pages: 'none',
    },
    signal,
  );
  if (!services.complete) return services;
  const down = services.items.filter(({ state }) => state === 'unknown').map(({ host }) => host);
  if (down.length === 0) return withGap(services, await gapOfRelease(session, signal));
  return incomplete(services.items.map(withoutDoubt), downCells(down));
}

/**
 * Why a list of Nova's may lack what is in a cell: the account is no admin, the cell is down, or Nova is too old to
 * say so. `seen` are servers of the list; one without a name is of a down cell.
 */
export async function gapOfCells(
  session: ApiSession,
  seen: readonly { readonly name?: string }[],
  signal?: AbortSignal,
): Promise<Gap | undefined> {
  if (seen.some(({ name }) => name === undefined)) return downCells([]);
  return (await gapOfAccount(session)) ?? (await listServices(session, signal)).gap;
}

/** The list, incomplete when a cell is down. */
export async function acrossCells<T>(
  session: ApiSession,
  listing: Listing<T>,
  signal?: AbortSignal,
): Promise<Listing<T>> {
  return listing.complete ? withGap(listing, await gapOfCells(session, [], signal)) : listing;
}

/** nova/api/openstack/compute/services.py, _get_service_detail (Zed): from 2.69 on UNKNOWN is a cell that is down. */
function readService(item: Shape): ComputeService {
  const status = item.text('status');
  const named = { binary: item.text('binary'), host: item.text('host') };
  if (status === 'UNKNOWN') return { ...named, state: 'unknown' };
  return defined({
    ...named,
    state: item.text('state') === 'up' ? ('up' as const) : ('down' as const),
    id: item.id('id'),
    disabled: status === 'disabled',
    disabledReason: item.optionalText('disabled_reason'),
    updatedAt: item.optionalText('updated_at'),
  });
}

/**
 * Nova judges by heartbeats that it read before it waited for the cell, so that every service looks down (seen on Zed:
 * CELL_TIMEOUT is 60 s, and so is service_down_time).
 */
function withoutDoubt(service: ComputeService): ComputeService {
  return service.state === 'down' ? { ...service, state: 'unknown' } : service;
}

async function gapOfRelease(session: ApiSession, signal?: AbortSignal): Promise<Gap | undefined> {
  try {
    await session.version('compute', tellsDownCells, signal);
    return undefined;
  } catch (error) {
    return {
      ...gapOf(error),
      message: l10n.t(
        'This Nova does not say whether a cell is down: that came with microversion 2.69 (Stein).',
      ),
    };
  }
}

function downCells(hosts: readonly string[]): Gap {
  return {
    code: 'unreachable',
    message:
      hosts.length > 0
        ? l10n.t('A cell is down, that of {0}: Nova leaves its instances out.', hosts.slice(0, 5).join(', '))
        : l10n.t('A cell is down: Nova leaves out what it knows of its instances.'),
    action: l10n.t('Bring the database of the cell back, then scan again.'),
  };
}
