import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { historyDocument, type HistoryOfCell } from '../../cleanup/history/draft';
import type { CellMapping, CloudAccess } from '../../cloud/access';
import { inSnapshot } from '../../evidence/snapshot';
import { apiNeeds, cellNeeds, readKnownSchema } from '../../evidence/schema';
import { streamCandidates } from '../../execution/history/candidates';
import type { HeldBack } from '../../execution/history/heldBack';
import { OperatorError } from '../../model/errors';
import { usualDays, youngestDays } from '../../model/history';
import type { HistoryOptions } from '../api';
import { lookForHistory } from './heldBack';
import type { Reach } from './reach';

const dayMs = 24 * 60 * 60_000;

/** Looks at the whole cloud, and drafts the plan that deletes what was soft-deleted long ago, for each cell that has some. */
export async function draftHistory(reach: Reach, cloud: string, options: HistoryOptions): Promise<string> {
  const { days = usualDays, signal } = options;
  if (!(days >= youngestDays)) {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('History younger than {0} days is not deleted.', youngestDays),
      l10n.t('Choose a greater age.'),
    );
  }
  const access = reach.access(cloud);
  const { held, survey } = await lookForHistory(reach, access, cloud, signal);
  const { scene, cells } = survey;
  const before = `${new Date(scene.now.getTime() - days * dayMs).toISOString().slice(0, 19)}Z`;
  const api = await inSnapshot(
    () => access.openApi(signal),
    (connection) => readKnownSchema(connection, apiNeeds, signal),
    signal,
  );
  const histories: HistoryOfCell[] = [];
  for (const cell of cells) {
    const history = await historyOf(access, cell, before, held, signal);
    if (history.instances > 0) histories.push(history);
  }
  if (histories.length === 0) throw nothingToDelete(days);
  const drafted = reach.clouds.surroundings.clock.now().toISOString();
  const header = { cloud, cells: cells.map(({ uuid }) => uuid), id: randomUUID(), drafted };
  return historyDocument({ ...header, scanned: scene.now.toISOString() }, api, histories);
}

async function historyOf(
  access: CloudAccess,
  mapping: CellMapping,
  before: string,
  held: HeldBack,
  signal: AbortSignal | undefined,
): Promise<HistoryOfCell> {
  const { uuid: cell, name, id } = mapping;
  return inSnapshot(
    () => access.openCell(mapping, signal),
    async (connection) => {
      const schema = await readKnownSchema(connection, cellNeeds, signal);
      const kept = new Map<string, number>();
      const ids = { from: Infinity, to: 0 };
      let instances = 0;
      const search = { schema, cell, before, unreadHosts: held.unreadHosts };
      const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
      await streamCandidates(
        connection,
        search,
        everything,
        (row) => {
          const reason = held.reason(row);
          if (reason !== undefined) {
            kept.set(reason, (kept.get(reason) ?? 0) + 1);
            return;
          }
          instances += 1;
          ids.from = Math.min(ids.from, row.id);
          ids.to = Math.max(ids.to, row.id);
        },
        signal,
      );
      const stays = [...kept].map(([reason, count]) => ({ reason, instances: count }));
      return { cell, name, id, schema, before, ...ids, instances, kept: stays };
    },
    signal,
  );
}

function nothingToDelete(days: number): OperatorError {
  return new OperatorError(
    'not-found',
    l10n.t('No history that may be deleted is older than {0} days.', days),
    l10n.t('Choose a smaller age, or see in the tree which hosts did not answer: what was on them stays.'),
  );
}
