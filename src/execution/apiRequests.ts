import * as l10n from '@vscode/l10n';
import type { OpenStackApi } from '../cloud/openstack/openStackApi';
import { OperatorError } from '../model/errors';
import type { ApiRequest } from '../model/apiRequest';
import type { Section } from '../model/plan';
import { prepareServer, type Wait } from './serverRequests';
import type { Prepared } from './preparedRequest';

/**
 * Reads what a request is about. Gives the way to send it; undefined when its service proved that there is nothing
 * left to do. Rejects when the thing is not the instance's any more.
 */
export async function prepare(
  api: OpenStackApi,
  { uuid }: Pick<Section, 'uuid'>,
  request: ApiRequest,
  wait: Wait,
  signal?: AbortSignal,
): Promise<Prepared | undefined> {
  switch (request.do) {
    case 'delete-port':
      return deletePort(api, uuid, request.id, signal);
    case 'delete-attachment':
      return deleteAttachment(api, uuid, request.id, signal);
    case 'delete-allocations': {
      const read = await api.placement.allocations(uuid, signal);
      return read.owner && { send: (cancel) => api.placement.deleteAllocations(read, cancel) };
    }
    case 'unset-allocation': {
      const read = await api.placement.allocations(uuid, signal);
      return read.providers.has(request.provider)
        ? { send: (cancel) => api.placement.unsetProvider(read, request.provider, cancel) }
        : undefined;
    }
    case 'delete-server':
    case 'force-delete-server':
    case 'reset-state':
      return prepareServer(api, request, wait, signal);
  }
}

async function deletePort(
  { network }: OpenStackApi,
  uuid: string,
  id: string,
  signal?: AbortSignal,
): Promise<Prepared | undefined> {
  const read = await network.port(id, signal);
  if (read && read.deviceId !== uuid) {
    const device = read.deviceId === '' ? l10n.t('no device') : read.deviceId;
    throw new OperatorError(
      'stale-evidence',
      l10n.t('The port {0} is not the one of {1} any more: it belongs to {2}.', id, uuid, device),
      l10n.t(
        'See whose it is. If it is to stay, write  -- @manual command="openstack port delete {0}" done="yes"  in place of this line.',
        id,
      ),
    );
  }
  return read && { send: (cancel) => network.deletePort(read, cancel) };
}

/** Cinder lists attachments by instance: what is not in a complete list of the instance's is gone, or another's. */
async function deleteAttachment(
  { blockStorage }: OpenStackApi,
  uuid: string,
  id: string,
  signal?: AbortSignal,
): Promise<Prepared | undefined> {
  const { items, gap } = await blockStorage.attachments(uuid, signal);
  if (items.some((each) => each.id === id && each.serverId === uuid)) {
    return { send: (cancel) => explainingConflict(blockStorage.deleteAttachment(id, cancel)) };
  }
  if (gap) {
    throw new OperatorError(gap.code, gap.message, gap.action);
  }
  return undefined;
}

async function explainingConflict(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!OperatorError.is(error, 'conflict')) {
      throw error;
    }
    throw new OperatorError(
      'conflict',
      error.message,
      l10n.t(
        'Cinder keeps an attachment while Nova says that the server has the volume: let the API delete the server first.',
      ),
      { cause: error },
    );
  }
}
