import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { kinds } from '../../zombies/kinds';
import { explainText } from './explainText';
import type { Reach } from './reach';

/** What happened to a suspect of the last scan or look-up, and what each choice would do. */
export async function explain(reach: Reach, cloud: string, uuid: string): Promise<string> {
  const suspect = reach.clouds.state(cloud).suspect(uuid);
  if (!suspect) {
    throw new OperatorError(
      'not-found',
      l10n.t('No suspect of the last scan or look-up has this UUID.'),
      l10n.t('Scan the cloud, or look the instance up.'),
    );
  }
  const { scene } = await reach.survey(cloud);
  const names = new Map(scene.sources.map(({ id, name }) => [id, name]));
  return explainText(suspect, kinds, (id) => names.get(id) ?? id);
}
