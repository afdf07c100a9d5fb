import type { Keep } from '../model/scene';

const dayMs = 24 * 60 * 60_000;

/** False where it cannot be told: what is kept stays kept. */
export function isExpired({ expires }: Pick<Keep, 'expires'>, now: Date): boolean {
  return Date.parse(expires ?? '') <= now.getTime();
}

/**
 * What an operator typed as the end of keeping: nothing (for good), a number of days, or a day as 2026-12-31, which
 * counts to its end on this machine. Null when it is none of these, or over already.
 */
export function expiryOf(text: string, now: Date): { readonly expires?: string } | null {
  const typed = text.trim();
  if (typed === '') return {};
  const end = /^\d{1,5}$/.test(typed) ? now.getTime() + Number(typed) * dayMs : endOfDay(typed);
  return end > now.getTime() ? { expires: new Date(end).toISOString() } : null;
}

/** NaN for what is no day of the calendar. */
function endOfDay(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day), 23, 59, 59, 999);
  return date.getMonth() === Number(month) - 1 ? date.getTime() : NaN;
}
