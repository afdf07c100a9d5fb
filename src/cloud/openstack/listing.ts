import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError } from '../../model/errors';
import type { Gap } from '../../model/source';
import type { ApiSession, Call, Query } from './apiSession';
import type { Shape } from './shape';

/** A list as a service gave it. What is missing from it is absent only when it is complete. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
  /** why it is not complete; present exactly when `complete` is false */
  readonly gap?: Gap;
}

/** One collection of a service. */
export interface Collection<T> {
  readonly call: Omit<Call, 'method'>;
  /** the field of the answer that holds the items */
  readonly field: string;
  readonly read: (item: Shape) => T;
  readonly idOf: (item: T) => string;
  /**
   * `link`: the answer names the next page in `<field>_links`, `next`: it does so in `next`; `marker`: the page after
   * the last id, until one is empty; `none`
   */
  readonly pages: 'link' | 'next' | 'marker' | 'none';
}

/** Ten million items at Nova's 1000 a page: no cloud has them, and a server that never ends is left here. */
const mostPages = 10_000;

/** Reads a collection to its end. Rejects only with CancelledError: an error is the gap, and what came before counts. */
export async function list<T>(
  session: ApiSession,
  collection: Collection<T>,
  signal?: AbortSignal,
): Promise<Listing<T>> {
  const items = new Map<string, T>();
  try {
    let query: Query | undefined = collection.call.query ?? [];
    for (let pages = 1; query !== undefined; pages += 1) {
      const body: Shape = await session.read({ ...collection.call, query }, signal);
      const page: T[] = body.list(collection.field).map(collection.read);
      const before = items.size;
      for (const item of page) items.set(collection.idOf(item), item);
      if (body.optionalFlag('truncated') === true) throw cutOff(collection.call);
      query = next(collection, body, page, query);
      // A server that sends the same page for ever is left after the first one without anything new.
      if (query !== undefined && (items.size === before || pages >= mostPages))
        throw endless(collection.call);
    }
  } catch (error) {
    return incomplete([...items.values()], gapOf(error));
  }
  return { items: [...items.values()], complete: true };
}

export function incomplete<T>(items: readonly T[], gap: Gap): Listing<T> {
  return { items, complete: false, gap };
}

/** The items of a list that has all of them; otherwise its gap as an error. */
export function wholeOf<T>({ items, gap }: Listing<T>): readonly T[] {
  if (gap) throw new OperatorError(gap.code, gap.message, gap.action);
  return items;
}

/** The list with a gap that was found otherwise; one that it has already stays. */
export function withGap<T>(listing: Listing<T>, gap: Gap | undefined): Listing<T> {
  return listing.complete && gap ? incomplete(listing.items, gap) : listing;
}

/** What an error says as a gap. Cancelling is no gap, and a bug is none either. */
export function gapOf(error: unknown): Gap {
  if (error instanceof CancelledError || !OperatorError.is(error)) throw error;
  const { code, message, action } = error;
  return { code, message, action };
}

/** Nova, Neutron and Cinder leave out what others own when the account is no admin. */
export async function gapOfAccount(session: ApiSession): Promise<Gap | undefined> {
  try {
    if (await session.isAdmin()) return undefined;
  } catch (error) {
    return gapOf(error);
  }
  return {
    code: 'permission-denied',
    message: l10n.t('The account does not have the role admin: it sees only what its own project owns.'),
    action: l10n.t('Use an account with the role admin.'),
  };
}

function next<T>(
  { pages, field, idOf }: Collection<T>,
  body: Shape,
  page: readonly T[],
  query: Query,
): Query | undefined {
  if (pages === 'none') return undefined;
  if (pages === 'marker') {
    const last = page.at(-1);
    return last && [...query.filter(([name]) => name !== 'marker'), ['marker', idOf(last)]];
  }
  const link =
    pages === 'next'
      ? body.optionalText('next')
      : body
          .optionalList(`${field}_links`)
          .find((each) => each.text('rel') === 'next')
          ?.text('href');
  // Only the query is taken from a link: its host is often not the one that we reach, and must not get our token.
  return link === undefined ? undefined : [...new URL(link, 'http://localhost').searchParams];
}

function endless({ service, path }: Omit<Call, 'method'>): OperatorError {
  return new OperatorError(
    'bad-answer',
    l10n.t('{0} GET {1}: the pages do not end.', service, path),
    l10n.t('Look at the log of the service; a proxy may drop the parameters of its pages.'),
  );
}

/** Keystone's list_limit: there is no next page (keystone/server/flask/common.py, Zed). */
function cutOff({ service, path }: Omit<Call, 'method'>): OperatorError {
  return new OperatorError(
    'unsupported',
    l10n.t('{0} GET {1}: the list is cut off.', service, path),
    l10n.t('Raise list_limit in the configuration of Keystone.'),
  );
}
