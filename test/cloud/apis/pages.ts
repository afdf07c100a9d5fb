import type { Asked } from './http';

/** So few that every list of the demo cloud has several pages; the services' own defaults are 1000 and none. */
export const mostItems = 25;

export interface Page<T> {
  readonly items: readonly T[];
  /** where the page after this one is; absent after the last */
  readonly next?: string;
}

/**
 * The items after the marker, as many as the limit allows. A full page names a next one even when that is empty: so do
 * Nova, Cinder and Neutron (nova/api/openstack/common.py, _get_collection_links; cinder/api/common.py, the same;
 * neutron/api/api_common.py, get_pagination_links, Zed).
 */
export function pageOf<T>(asked: Asked, all: readonly T[], idOf: (item: T) => string): Page<T> {
  const limit = Math.min(mostItems, Number(asked.query.get('limit') ?? mostItems) || mostItems);
  const marker = asked.query.get('marker');
  const start = marker === null ? 0 : all.findIndex((item) => idOf(item) === marker) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  if (last === undefined || items.length < limit) return { items };
  const query = new URLSearchParams(asked.query);
  query.set('marker', idOf(last));
  return { items, next: `${asked.url}?${query.toString()}` };
}

/** `{"servers": [...], "servers_links": [...]}` */
export function collection(name: string, { items, next }: Page<object>): object {
  return {
    [name]: items,
    ...(next === undefined ? {} : { [`${name}_links`]: [{ rel: 'next', href: next }] }),
  };
}
