import type { Clock } from '../model/ports';
import type { Ignored } from './api';

/** A small store that outlives the window; VS Code's Memento has this shape. */
export interface State {
  get<T>(key: string, defaultValue: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Suspects that the operator does not want to see, with the reason. */
export class IgnoreList {
  constructor(
    private readonly state: State,
    private readonly clock: Clock,
  ) {}

  of(cloud: string): readonly Ignored[] {
    return this.state.get<readonly Ignored[]>(key(cloud), []);
  }

  has(cloud: string, uuid: string): boolean {
    return this.of(cloud).some((entry) => entry.uuid === uuid);
  }

  async add(cloud: string, { uuid, name, reason }: Omit<Ignored, 'since'>): Promise<void> {
    const since = this.clock.now().toISOString();
    await this.write(cloud, [
      ...this.without(cloud, uuid),
      name === undefined ? { uuid, reason, since } : { uuid, name, reason, since },
    ]);
  }

  async remove(cloud: string, uuid: string): Promise<void> {
    await this.write(cloud, this.without(cloud, uuid));
  }

  private without(cloud: string, uuid: string): readonly Ignored[] {
    return this.of(cloud).filter((entry) => entry.uuid !== uuid);
  }

  private async write(cloud: string, entries: readonly Ignored[]): Promise<void> {
    await this.state.update(key(cloud), entries);
  }
}

function key(cloud: string): string {
  return `openstackZombies.ignored/${cloud}`;
}
