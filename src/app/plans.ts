import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { check } from '../cleanup/check';
import { draft } from '../cleanup/draft';
import { parse } from '../cleanup/parse';
import { readContents } from '../evidence/contents';
import { OperatorError } from '../model/errors';
import type { Problem } from '../model/plan';
import type { Draft, DraftOptions } from './api';
import type { Clouds } from './clouds';

export async function draftPlan(
  clouds: Clouds,
  cloud: string,
  uuids: readonly string[],
  options: DraftOptions,
): Promise<Draft> {
  const state = clouds.state(cloud);
  const survey = state.survey;
  if (!survey) {
    throw new OperatorError(
      'not-found',
      l10n.t('{0} was not read yet.', cloud),
      l10n.t('Scan it, then draft the plan.'),
    );
  }
  const suspects = uuids.flatMap((uuid) => state.suspect(uuid) ?? []);
  const known = new Set(suspects.map((suspect) => suspect.uuid));
  const contents = await readContents(clouds.access(cloud), survey.cells, [...known], options.signal);
  const drafted = draft({
    cloud,
    cells: survey.cells.map((cell) => cell.uuid),
    id: randomUUID(),
    drafted: clouds.surroundings.clock.now().toISOString(),
    scanned: survey.scene.now.toISOString(),
    subjects: suspects.map((suspect) => ({ suspect, contents: contents.get(suspect.uuid) ?? [] })),
    directories: options.directories ?? 'quarantine',
    ...(options.depth ? { depth: options.depth } : {}),
  });
  const unknown = uuids
    .filter((uuid) => !known.has(uuid))
    .map((uuid) => ({ uuid, reason: l10n.t('No suspect of the last scan or look-up has this UUID.') }));
  return { text: drafted.text, refused: [...drafted.refused, ...unknown] };
}

/** Problems of the text, and of the text against its cloud as far as that was read. */
export function checkPlan(clouds: Clouds, text: string): readonly Problem[] {
  const plan = parse(text);
  if (!plan.header) {
    return plan.problems;
  }
  const { cloud } = plan.header;
  const state = clouds.stateOf(cloud);
  if (!state) {
    const message = l10n.t('This plan is for the cloud "{0}", which is not configured here.', cloud);
    return [...plan.problems, { severity: 'error', message, span: plan.header.span }];
  }
  const cells = state.survey?.cells.map((cell) => cell.uuid) ?? plan.header.cells;
  return [...plan.problems, ...check(plan, { cloud, cells })];
}
