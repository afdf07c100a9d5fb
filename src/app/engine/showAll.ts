import * as l10n from '@vscode/l10n';
import { readDossiers } from '../../evidence/dossiers';
import { readTraces } from '../../evidence/traces';
import type { Dossier } from '../../model/dossier';
import { OperatorError } from '../../model/errors';
import type { Scene } from '../../model/scene';
import type { Suspect } from '../../model/suspect';
import { explain, judgeAll } from '../../zombies/judge';
import { kinds } from '../../zombies/kinds';
import type { KeptSurvey } from '../cloudState';
import type { Reach } from './reach';
import { findings } from './sightingRules';
import { traceText } from './traceText';

/** Why an instance is suspected or not, and every trace of it in every source, read and judged now. */
export async function showAll(reach: Reach, cloud: string, uuid: string): Promise<string> {
  const survey = await reach.survey(cloud);
  const names = new Map(survey.cells.map((cell) => [cell.uuid, cell.name]));
  const rows = await readTraces(reach.access(cloud), survey, uuid);
  const { dossier, scene } = await readOne(reach, cloud, survey, uuid);
  const suspect = judgeAll(dossier, scene, kinds);
  const held = new Set(findings(suspect).map(({ kind }) => kind));
  const sources = new Map(scene.sources.map(({ id, name }) => [id, name]));
  return traceText({
    cloud,
    uuid,
    dossier,
    ...(suspect ? { suspect: asSeen(suspect, reach.clouds.state(cloud).suspect(uuid)) } : {}),
    reasons: explain(
      dossier,
      scene,
      kinds.filter(({ id }) => !held.has(id)),
    ),
    sourceName: (id) => sources.get(id) ?? id,
    rows: rows.map((trace) => ({ ...trace, database: names.get(trace.database) ?? trace.database })),
    unread: scene.sources.flatMap(({ name, gap }) => (gap ? [`${name}: ${gap.message}`] : [])),
  });
}

/** Its rows are read anew; the hosts are as the last look has them. */
async function readOne(
  reach: Reach,
  cloud: string,
  survey: KeptSurvey,
  uuid: string,
): Promise<{ dossier: Dossier; scene: Scene }> {
  const options = await reach.surveyOptions(cloud, undefined);
  const { sightings, keeps } = options;
  const seen = { ...survey, scene: { ...survey.scene, sightings, keeps } };
  const { dossiers, scene } = await readDossiers(reach.access(cloud), seen, [uuid], options);
  const dossier = dossiers.get(uuid);
  if (dossier === undefined) {
    throw new OperatorError(
      'not-found',
      l10n.t('Nothing could be read about {0}.', uuid),
      l10n.t('Check the UUID, then try again.'),
    );
  }
  return { dossier, scene };
}

/** How often it was seen is known of what was judged the same before. */
function asSeen(suspect: Suspect, before: Suspect | undefined): Suspect {
  const { kind, sighting } = before ?? {};
  return kind === suspect.kind && sighting !== undefined ? { ...suspect, sighting } : suspect;
}
