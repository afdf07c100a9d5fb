import { CancelledError, OperatorError } from '../../model/errors';

/** A request, and its answer, stay small. */
const mostAtOnce = 100;

interface Waiting<T> {
  readonly item: T;
  readonly signal: AbortSignal | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface Ways<T> {
  one(item: T, signal?: AbortSignal): Promise<void>;
  /** does it for all of them, or for none */
  all(items: readonly T[]): Promise<void>;
}

/**
 * Changes that are asked for while another one is under way go out together when that is answered. Where one of them
 * conflicts with what was changed meanwhile, none was done: then each goes by itself, and only that one fails.
 */
export class Together<T> {
  private waiting: Waiting<T>[] = [];
  private isBusy = false;

  constructor(private readonly ways: Ways<T>) {}

  send(item: T, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, signal, resolve, reject });
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      const next = this.waiting.splice(0, mostAtOnce);
      for (const { reject } of next.filter(isCancelled)) reject(new CancelledError());
      await this.settle(next.filter((each) => !isCancelled(each)));
    }
    this.isBusy = false;
  }

  private async settle(next: readonly Waiting<T>[]): Promise<void> {
    if (next.length < 2) return this.eachAlone(next);
    try {
      await this.ways.all(next.map(({ item }) => item));
      for (const { resolve } of next) resolve();
    } catch (error) {
      if (OperatorError.is(error, 'conflict')) return this.eachAlone(next);
      for (const { reject } of next) reject(error);
    }
  }

  private async eachAlone(next: readonly Waiting<T>[]): Promise<void> {
    for (const { item, signal, resolve, reject } of next) {
      await this.ways.one(item, signal).then(resolve, reject);
    }
  }
}

function isCancelled({ signal }: Waiting<unknown>): boolean {
  return signal?.aborted ?? false;
}
