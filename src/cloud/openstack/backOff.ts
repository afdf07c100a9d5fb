import { CancelledError } from '../../model/errors';
import type { HttpAnswer } from './transport';

const mostTries = 4;
const longestWaitMs = 30_000;

/**
 * How long to wait before a request is made again; undefined when it is not. A service that is asked to come back
 * later did not act. A bare 503 to a change may come from the middle of it, so that one is not repeated.
 */
export function waitBefore(
  tries: number,
  answer: HttpAnswer,
  changes: boolean,
  now: Date,
): number | undefined {
  const { status, headers } = answer;
  if (tries >= mostTries || (status !== 429 && status !== 503)) return undefined;
  const asked = retryAfter(headers['retry-after'], now);
  if (asked === undefined) return changes && status === 503 ? undefined : 1000 * 2 ** (tries - 1);
  return asked > longestWaitMs ? undefined : asked;
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await cancellable(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Gives up waiting, not the work: others may wait for it too. */
export async function cancellable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(new CancelledError());
  });
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([cancelled, work]);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
