import { setImmediate } from 'node:timers/promises';
import type { Work } from '../model/work';

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

/** Does all of it, and lets others in between. */
export async function inTurns<T>(work: Work<T>): Promise<T> {
  const breath = new Breath();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await breath.take();
  }
}
