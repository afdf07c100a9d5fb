import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { purgeDocument, type PurgedPlace } from '../cleanup/purge';
import { OperatorError } from '../model/errors';
import type { PlanHeader } from '../model/plan';
import type { Clock } from '../model/ports';
import type { JournalLine } from './journalLine';
import { copySuffix, deletingSuffix } from './directoryPath';
import { lastMoves, purgeable } from './moves';
import type { Chosen } from './chosen';
import { readJournal } from './readJournal';

interface Purged {
  readonly uuid: string;
  readonly name: string;
  readonly places: PurgedPlace[];
}

/** What a plan says of the cloud that it is for. */
export type CloudOfPlan = Pick<PlanHeader, 'cloud' | 'cells'>;

/** The plan that deletes for good what these runs keep in quarantine. Rejects when there is nothing, or another cloud's. */
export async function purgePlanText(
  folder: string,
  runs: readonly string[],
  here: CloudOfPlan,
  clock: Clock,
): Promise<string> {
  const sections = new Map<string, Purged>();
  for (const run of new Set(runs)) {
    const lines = await readJournal(folder, run);
    requireHere(here, lines, run);
    for (const { section: uuid, name, host, path, to, bytes } of purgeable(lines)) {
      const section = sections.get(uuid) ?? { uuid, name, places: [] };
      section.places.push({ host, path, from: to, bytes, what: whatIs(to) });
      sections.set(uuid, section);
    }
  }
  if (sections.size === 0) {
    throw refused(
      l10n.t('Nothing of these runs is in quarantine.'),
      l10n.t('Choose a run that put directories into quarantine.'),
    );
  }
  const { cloud, cells } = here;
  const header = { cloud, cells, id: randomUUID(), drafted: clock.now().toISOString(), runs };
  return purgeDocument(header, [...sections.values()]);
}

/** A purge deletes what runs of this machine put into the quarantine of this cloud. Rejects at the first that did not. */
export async function requireKept({ header, sections }: Chosen, folder: string): Promise<void> {
  if (header.purpose !== 'purge') {
    return;
  }
  for (const section of sections) {
    for (const step of section.steps) {
      if (step.step !== 'directory') continue;
      const { host, path, from = '' } = step;
      const run = from.split('/').at(-2) ?? '';
      const lines = await readJournal(folder, run);
      requireHere(header, lines, run);
      const isKnown = lastMoves(lines).some(
        (move) =>
          move.section === section.uuid && move.host === host && move.path === path && move.to === from,
      );
      if (!isKnown) {
        throw refused(
          l10n.t('{0} on {1} is not what a run of this machine put into quarantine.', from, host),
          l10n.t('Open the purge plan of the run again, and leave its paths as they are.'),
        );
      }
    }
  }
}

/** By the name, and by a cell: cells may have come and gone since the run, but another cloud has none of them. */
function requireHere({ cloud, cells }: CloudOfPlan, lines: readonly JournalLine[], run: string): void {
  const begun = lines.find((line) => line.event === 'run-begun');
  const isHere =
    begun?.event === 'run-begun' && begun.cloud === cloud && begun.cells.some((cell) => cells.includes(cell));
  if (!isHere) {
    throw refused(
      l10n.t('The run {0} was on another cloud than {1}.', run, cloud),
      l10n.t('Purge the runs of one cloud at a time, each from the plan that is made for it.'),
    );
  }
}

function whatIs(place: string): PurgedPlace['what'] {
  if (place.endsWith(copySuffix)) return 'copies';
  return place.endsWith(deletingSuffix) ? 'rest' : 'directory';
}

function refused(message: string, action: string): OperatorError {
  return new OperatorError('plan-refused', message, action);
}
