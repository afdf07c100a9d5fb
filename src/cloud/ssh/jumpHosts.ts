import type { Client } from 'ssh2';
import { unlessAborted } from './unlessAborted';
import type { Hop } from './hop';

/** Something that is used until it is let go. */
export interface Lease {
  readonly client: Client;
  readonly release: () => void;
}

interface Shared {
  readonly opening: Promise<Lease>;
  users: number;
  idle?: NodeJS.Timeout;
}

export interface JumpTimes {
  /** how long a connection is kept that nobody uses */
  readonly idleMs: number;
  /** how long a failure is the answer for others too: hosts behind one jump host do not each wait, or ask, again */
  readonly failureMs: number;
}

/** Connections to jump hosts: one to each, shared by all who go through it. */
export class JumpHosts {
  private readonly shared = new Map<string, Shared>();

  constructor(private readonly times: JumpTimes = { idleMs: 10_000, failureMs: 3000 }) {}

  /** `open` makes the connection when there is none. Giving up by `signal` leaves it to the others. */
  async use(hop: Hop, open: () => Promise<Lease>, signal?: AbortSignal): Promise<Lease> {
    const key = JSON.stringify(hop);
    const shared = this.shared.get(key) ?? this.start(key, open);
    clearTimeout(shared.idle);
    shared.users++;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      this.letGo(key, shared);
    };
    try {
      const { client } = await unlessAborted(shared.opening, signal);
      return { client, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  private start(key: string, open: () => Promise<Lease>): Shared {
    const shared: Shared = { opening: open(), users: 0 };
    this.shared.set(key, shared);
    shared.opening.then(
      ({ client }) => client.once('close', () => this.forget(key, shared)),
      () => setTimeout(() => this.forget(key, shared), this.times.failureMs),
    );
    return shared;
  }

  private letGo(key: string, shared: Shared): void {
    shared.users--;
    if (shared.users > 0) return;
    clearTimeout(shared.idle);
    shared.idle = setTimeout(() => {
      this.forget(key, shared);
      shared.opening.then(
        ({ release }) => release(),
        () => undefined,
      );
    }, this.times.idleMs);
  }

  private forget(key: string, shared: Shared): void {
    if (this.shared.get(key) === shared) this.shared.delete(key);
  }
}
