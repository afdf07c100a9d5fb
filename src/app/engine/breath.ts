import { setImmediate } from 'node:timers/promises';

const longestMs = 20;

/** Long work on the extension host's only thread lets others in between: nothing waits longer than a frame or two. */
export class Breath {
  private since = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.since > longestMs) {
      await setImmediate();
      this.since = performance.now();
    }
  }
}
