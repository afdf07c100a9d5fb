import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import type { HeldBack, HistoryRow } from '../../execution/history/heldBack';
import { OperatorError } from '../../model/errors';
import type { Keep } from '../../model/scene';
import { apiSourceId, cellSourceId, placementSourceId } from '../../model/source';
import { kindTitle } from '../../zombies/kindTitle';
import { keepWords } from '../../zombies/words';
import { candidates, look, type Looked } from './look';
import type { Reach } from './reach';

/** Looks at the whole cloud, for what must stay of its history. */
export async function lookForHistory(
  reach: Reach,
  access: CloudAccess,
  cloud: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly held: HeldBack; readonly survey: Looked['survey'] }> {
  const looked = await look(access, await reach.surveyOptions(cloud, signal), candidates);
  return { held: heldBackBy(looked, reach.keepList.inForce(cloud)), survey: looked.survey };
}

/**
 * What a look at the whole cloud says against deleting history. Rejects when the API database, a cell or Placement did
 * not answer: what they hold of an instance is not known then.
 */
function heldBackBy(
  { survey, suspects }: Pick<Looked, 'survey' | 'suspects'>,
  keeps: readonly Keep[],
): HeldBack {
  requireAnswers(survey);
  const { hosts } = survey;
  const read = new Set(hosts.flatMap(({ host, source }) => (source.complete ? [host] : [])));
  const found = new Set(
    hosts.flatMap(({ domains, directories }) => [...domains, ...directories].map(uuidOf)),
  );
  const kept = new Map(keeps.map((keep) => [`${keep.scope} ${keep.id}`, keep]));
  const keepOf = ({ uuid, host, project }: HistoryRow): Keep | undefined =>
    kept.get(`instance ${uuid}`) ?? kept.get(`host ${host ?? ''}`) ?? kept.get(`project ${project ?? ''}`);
  return {
    reason: (row) => {
      const keep = keepOf(row);
      if (keep) return keepWords(keep);
      const suspect = suspects.get(row.uuid);
      if (suspect) return kindTitle(suspect.kind);
      if (found.has(row.uuid)) return l10n.t('a host has a domain or a directory of it');
      return row.host === null || read.has(row.host) ? undefined : l10n.t('its host was not read');
    },
    unreadHosts: hosts.flatMap(({ host }) => (read.has(host) ? [] : [host])),
  };
}

function uuidOf({ uuid }: { readonly uuid: string }): string {
  return uuid;
}

function requireAnswers({ scene, cells }: Looked['survey']): void {
  const needed = [apiSourceId, placementSourceId, ...cells.map(({ uuid }) => cellSourceId(uuid))];
  const complete = new Set(scene.sources.flatMap((source) => (source.complete ? [source.id] : [])));
  const unread = needed.filter((id) => !complete.has(id));
  if (unread.length === 0) return;
  const names = unread.map((id) => scene.sources.find((source) => source.id === id)?.name ?? id);
  throw new OperatorError(
    'unreachable',
    l10n.t('History is not judged while these do not answer: {0}.', names.join(', ')),
    l10n.t('See why in the tree, mend it, and scan again.'),
  );
}
