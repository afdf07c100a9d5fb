import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { drafting } from '../../cleanup/draft';
import { readContents } from '../../evidence/contents';
import { OperatorError } from '../../model/errors';
import type { Keep } from '../../model/scene';
import type { Suspect } from '../../model/suspect';
import { keepWords } from '../../zombies/words';
import type { Draft, DraftOptions } from '../api';
import { inTurns } from '../../model/work';
import type { Reach } from './reach';

export async function draftPlan(
  reach: Reach,
  cloud: string,
  uuids: readonly string[],
  options: DraftOptions,
): Promise<Draft> {
  const state = reach.clouds.state(cloud);
  const survey = state.survey;
  if (!survey) {
    throw new OperatorError(
      'not-found',
      l10n.t('{0} was not read yet.', cloud),
      l10n.t('Scan it, then draft the plan.'),
    );
  }
  const found = uuids.flatMap((uuid) => state.suspect(uuid) ?? []);
  const known = new Set(found.map((suspect) => suspect.uuid));
  const { suspects, kept } = withoutKept(found, reach.keepList.judge(cloud));
  const wanted = suspects.map(({ uuid }) => uuid);
  const contents = await readContents(reach.access(cloud), survey.cells, wanted, options.signal);
  const plan = drafting({
    cloud,
    cells: survey.cells.map((cell) => cell.uuid),
    id: randomUUID(),
    drafted: reach.clouds.surroundings.clock.now().toISOString(),
    scanned: survey.scene.now.toISOString(),
    subjects: suspects.map((suspect) => ({ suspect, contents: contents.get(suspect.uuid) ?? [] })),
    directories: options.directories ?? 'quarantine',
    sourceNames: new Map(
      survey.scene.sources.filter(({ kind }) => kind === 'cell').map(({ id, name }) => [id, name]),
    ),
    ...(options.depth ? { depth: options.depth } : {}),
  });
  const drafted = await inTurns(plan);
  const unknown = uuids
    .filter((uuid) => !known.has(uuid))
    .map((uuid) => ({ uuid, reason: l10n.t('No suspect of the last scan or look-up has this UUID.') }));
  return { text: drafted.text, refused: [...drafted.refused, ...kept, ...unknown] };
}

/** What was marked to be kept after it was judged is refused as well. */
function withoutKept(
  found: readonly Suspect[],
  keepOf: (suspect: Suspect) => Keep | undefined,
): { suspects: readonly Suspect[]; kept: Draft['refused'] } {
  const kept = found.flatMap((suspect) => {
    const keep = keepOf(suspect);
    return keep === undefined ? [] : [{ uuid: suspect.uuid, reason: keepWords(keep) }];
  });
  const refused = new Set(kept.map(({ uuid }) => uuid));
  return { suspects: found.filter(({ uuid }) => !refused.has(uuid)), kept };
}
