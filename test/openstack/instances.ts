import { setTimeout as sleep } from 'node:timers/promises';
import type { Resources } from './seed/resources';
import type { Session } from './session';

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly host: string | null;
  readonly taskState: string | null;
}

export interface NewInstance {
  readonly name: string;
  /** The compute host that it must be on; without one the scheduler chooses. */
  readonly host?: string;
  /** False: without a port. */
  readonly port?: boolean;
  readonly flavor?: string;
  readonly image?: string;
  /** The server group that it becomes a member of. */
  readonly group?: string;
}

interface ServerBody {
  readonly server: Readonly<Record<string, unknown>> & { id: string; name: string; status: string };
}

/** Asks for an instance and returns when it is no longer being built; whether it is ACTIVE is for the caller to see. */
export async function createInstance(
  session: Session,
  resources: Resources,
  { name, host, port = true, flavor = resources.flavor, image = resources.image, group }: NewInstance,
): Promise<Instance> {
  const { server } = await session.must<{ server: { id: string } }>('compute', 'POST', '/servers', {
    server: {
      name,
      flavorRef: flavor,
      imageRef: image,
      networks: port ? [{ uuid: resources.network }] : 'none',
      ...(host === undefined ? {} : { host }),
    },
    ...(group === undefined ? {} : { 'os:scheduler_hints': { group } }),
  });
  return until(`the instance ${name} to be built`, async () => {
    const found = await readInstance(session, server.id);
    return found !== undefined && found.status !== 'BUILD' ? found : undefined;
  });
}

/** Undefined when Nova does not know it. */
export async function readInstance(session: Session, id: string): Promise<Instance | undefined> {
  const answer = await session.ask('compute', 'GET', `/servers/${id}`);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Error(`GET /servers/${id} answered ${answer.status}`);
  const { server } = answer.body as ServerBody;
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    host: text(server['OS-EXT-SRV-ATTR:host']),
    taskState: text(server['OS-EXT-STS:task_state']),
  };
}

/** Returns when Nova no longer knows the instance. */
export async function deleteInstance(session: Session, id: string): Promise<void> {
  await session.must('compute', 'DELETE', `/servers/${id}`);
  await until(`the instance ${id} to be deleted`, async () =>
    (await readInstance(session, id)) === undefined ? true : undefined,
  );
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 240_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited 240 s in vain for ${what}`);
    await sleep(300);
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
