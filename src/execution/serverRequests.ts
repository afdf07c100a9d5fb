import { setTimeout as sleep } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { ComputeApi, OpenStackApi } from '../cloud/openstack/openStackApi';
import type { Server } from '../cloud/openstack/novaServer';
import { CancelledError, OperatorError, messageOf } from '../model/errors';
import type { ServerRequest } from '../model/apiRequest';
import type { Prepared } from './preparedRequest';

/** How long a run waits for Nova to delete a server. */
export interface Wait {
  readonly pollMs: number;
  readonly mostMs: number;
}

/** A delete that waits for a cell or an image service takes a minute; one that takes longer is what zombies are of. */
export const usualWait: Wait = { pollMs: 2_000, mostMs: 180_000 };

/** Reads the server; undefined when Nova knows none, or when its state is reset already. */
export async function prepareServer(
  { compute }: OpenStackApi,
  request: ServerRequest,
  wait: Wait,
  signal?: AbortSignal,
): Promise<Prepared | undefined> {
  const { id } = request;
  const server = await compute.server(id, signal);
  if (!server) {
    return undefined;
  }
  switch (request.do) {
    case 'reset-state':
      return isReset(server) ? undefined : reset(compute, server);
    case 'delete-server':
      return {
        send: (cancel) => compute.deleteServer(id, cancel),
        wait: (cancel) => untilGone(compute, id, wait, cancel),
      };
    case 'force-delete-server':
      return {
        send: (cancel) => compute.act(id, 'forceDelete', cancel),
        wait: (cancel) => untilGone(compute, id, wait, cancel),
      };
  }
}

function isReset({ vmState, taskState }: Server): boolean {
  return vmState === 'error' && taskState === undefined;
}

/** Only what is being deleted is taken out of it: another task that runs now is somebody's. */
function reset(compute: ComputeApi, server: Server): Prepared {
  if (server.taskState !== 'deleting' && server.vmState !== 'deleted') {
    throw new OperatorError(
      'stale-evidence',
      l10n.t('The server {0} is not being deleted any more: {1}', server.id, stateOf(server)),
      l10n.t('Scan again, and draft a new plan from what is found.'),
    );
  }
  return { send: (cancel) => compute.act(server.id, 'resetToError', cancel) };
}

/**
 * Nova answers before the server is gone. Gives what there is to say of it when it is; rejects when Nova gave up, when
 * it takes too long, and with `outcome-unknown` when that could not be seen to the end.
 */
async function untilGone(
  compute: ComputeApi,
  id: string,
  { pollMs, mostMs }: Wait,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const end = performance.now() + mostMs;
  for (;;) {
    const seen = await look(compute, id, signal);
    if (seen === 'gone') {
      return undefined;
    }
    const late = performance.now() >= end;
    if (seen instanceof Error) {
      if (late || signal?.aborted) throw unseen(id, seen);
    } else if (seen.vmState === 'soft-delete') {
      return l10n.t('Nova keeps it as soft-deleted, and reclaims it later');
    } else if (late || isReset(seen)) {
      throw stillThere(seen);
    }
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    if (signal?.aborted) {
      throw unseen(id, new CancelledError(l10n.t('Cancelled.')));
    }
  }
}

async function look(compute: ComputeApi, id: string, signal?: AbortSignal): Promise<Server | 'gone' | Error> {
  try {
    return (await compute.server(id, signal)) ?? 'gone';
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}

function unseen(id: string, cause: Error): OperatorError {
  return new OperatorError(
    'outcome-unknown',
    l10n.t('Nova was asked to delete {0}, and whether it is gone was not seen: {1}', id, cause.message),
    l10n.t('Scan again, and draft a new plan from what is found.'),
    { cause },
  );
}

function stillThere(server: Server): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('Nova was asked to delete {0}, and it is still there: {1}', server.id, stateOf(server)),
    l10n.t('See the log of nova-compute on {0}, then draft a plan for what is left.', server.host ?? '-'),
  );
}

function stateOf({ status, vmState, taskState }: Server): string {
  return `${status}, vm_state ${vmState ?? 'NULL'}, task_state ${taskState ?? 'NULL'}`;
}
