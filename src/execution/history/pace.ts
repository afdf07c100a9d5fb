/** So long a chunk may hold its locks: short for whoever waits for one, and long beside a COMMIT. */
const aimMs = 750;
const fewest = 20;

/** How many instances go in one transaction: as many as it takes little time for. */
export class Pace {
  private current: number;

  constructor(private readonly most: number) {
    this.current = Math.min(most, 500);
  }

  get size(): number {
    return this.current;
  }

  took(instances: number, milliseconds: number): void {
    const fitting = (instances * aimMs) / Math.max(milliseconds, 1);
    // A chunk that was quick by chance does not make the next one large at once.
    const wanted = Math.min(fitting, 2 * this.current);
    this.current = Math.max(Math.min(fewest, this.most), Math.min(this.most, Math.round(wanted)));
  }

  /** The chunk was more than one transaction takes; false when it can't be smaller. */
  tooLarge(instances: number): boolean {
    if (instances <= 1) return false;
    this.current = Math.max(1, Math.floor(Math.min(this.current, instances) / 2));
    return true;
  }
}
