import { setTimeout as sleep } from 'node:timers/promises';

/** VS Code gathers events of a tree for 200 ms before it draws; half a second is past that on a busy machine too. */
const usualSettleMs = 500;

/**
 * The questions that are open. A tree that VS Code draws anew takes the keyboard from an input box, and what is typed
 * then works on the tree: so nothing is drawn while a question is open, and none opens while something is drawn.
 */
export class Questions {
  private open = 0;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly settleMs = usualSettleMs) {}

  /** Shows a question as soon as the tree stands still, and keeps it still until there is an answer. */
  async ask<T>(show: () => PromiseLike<T>): Promise<T> {
    this.open += 1;
    try {
      const wait = this.drawnAt + this.settleMs - Date.now();
      if (wait > 0) await sleep(wait);
      return await show();
    } finally {
      this.open -= 1;
      if (this.open === 0) for (const listener of this.listeners) listener();
    }
  }

  get areOpen(): boolean {
    return this.open > 0;
  }

  /** The tree was told to draw something anew. */
  drawing(): void {
    this.drawnAt = Date.now();
  }

  onDidClose(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
}

/** Those of this window. */
export const questions = new Questions();
