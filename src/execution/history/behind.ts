/** Work that goes on beside other work, one piece at a time. */
export class Behind {
  private last: Promise<unknown> = Promise.resolve();

  /** Begins a piece once the one before has ended; rejects when that one failed. */
  async next(work: () => Promise<unknown>): Promise<void> {
    await this.last;
    this.last = work();
    // Whoever waits for it hears of a failure; until then it is nobody's.
    this.last.catch(() => undefined);
  }

  /** Rejects when the last piece failed. */
  async ended(): Promise<void> {
    await this.last;
  }
}
