import type { Connection } from '../cloud/database/connection';
import * as l10n from '@vscode/l10n';
import type { Gap } from '../model/source';

/** A database as the server itself names it: two URLs that end at one place give the same. */
export async function placeOf(connection: Connection, signal?: AbortSignal): Promise<string> {
  const sql = "SELECT CONCAT_WS(' ', @@hostname, @@port, @@datadir, DATABASE()) AS place";
  const [row] = await connection.query(sql, [], signal);
  return String(row?.place);
}

/** The items, of those that share their place with another one. */
export function twins<T extends { readonly place: string }>(items: readonly T[]): T[] {
  return items.filter((item) => items.some((other) => other !== item && other.place === item.place));
}

export function twinGap(name: string, place: string): Gap {
  return {
    code: 'not-a-nova-database',
    message: l10n.t('{0} ends at a database that is another one of this cloud too: {1}', name, place),
    action: l10n.t('Correct its URL in cell_mappings, or in the setting "cells" of the cloud.'),
  };
}
