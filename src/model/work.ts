import { turns } from './turns';

/** Long work that says where it may be interrupted: who runs it decides whether others get their turn there. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Does all of it in one go. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Does all of it, and lets others in between. */
export async function inTurns<T>(work: Work<T>): Promise<T> {
  for (;;) {
    await turns.giveWay();
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
