/** How long the product keeps the extension host's only thread before others get their turn. */
const longestMs = 10;

/**
 * The turns of the event loop, shared by all who work long. A server that is near sends rows faster than they are taken
 * in, and the event loop goes on reading as long as there are some: nothing else would get its turn.
 */
export class Turns {
  private end: number | undefined;
  private readonly waiting: (() => void)[] = [];

  /** Whoever hears so stops, and is called by `next`. */
  isOver(): boolean {
    const now = performance.now();
    if (this.end === undefined) {
      this.end = now + longestMs;
      setImmediate(() => this.begin());
    }
    return now > this.end;
  }

  /** Goes on in the next turn that has time for it; who waits longest is first. */
  next(goOn: () => void): void {
    this.waiting.push(goOn);
  }

  /** For a long loop: waits for others where the turn is over. */
  async giveWay(): Promise<void> {
    if (this.isOver()) await new Promise<void>((resolve) => this.next(resolve));
  }

  private begin(): void {
    this.end = undefined;
    while (this.waiting.length > 0 && !this.isOver()) this.waiting.shift()?.();
  }
}

export const turns = new Turns();
