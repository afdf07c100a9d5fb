import * as l10n from '@vscode/l10n';
import type { DraftSubject } from '../model/content';
import { isActive } from '../model/domain';
import type { InstanceDirectory } from '../model/facts';
import { apiDatabaseId } from '../model/schema';
import type { ManualStep, Remedy, Suspect } from '../model/suspect';
import { apiLines } from './apiProse';
import type { SettledDepth } from './depth';
import { deletion, directoryRemark, type DirectoryFate } from './directoryProse';
import { directive } from './directives';
import { draftUnit, type DraftedUnit } from './draftUnit';
import { prose, proseLines, remark, size } from './prose';

export interface DraftedSection {
  readonly lines: readonly string[];
  readonly units: readonly DraftedUnit[];
  readonly directories: readonly InstanceDirectory[];
  /** what can't be taken back, for people */
  readonly irreversible: readonly string[];
  /** for a word that is typed, or a step that is done by hand */
  readonly waits: boolean;
}

/** All that a plan says and does about one instance, in the order in which it is done. */
export function draftSection(
  subject: DraftSubject,
  settled: SettledDepth,
  fate: DirectoryFate,
  sourceNames: ReadonlyMap<string, string> = new Map(),
): DraftedSection {
  const suspect = settled.depth === 'api' ? byApiAlone(subject.suspect) : subject.suspect;
  const units = draftUnits(subject, settled);
  const outside = outsideSteps(suspect.remedy, settled);
  const waitedFor = [...confirmation(suspect, settled, units), ...outside.flatMap(manualLines)];
  const steps = [
    ...waitedFor,
    ...domainLines(suspect.remedy),
    ...directoryLines(suspect.remedy, fate),
    ...(settled.depth === 'api' ? [remark(afterwards())] : []),
    ...outside.flatMap(({ api, why }) => (api ? apiLines(api, why) : [])),
    ...units.flatMap(({ lines }) => lines),
  ];
  return {
    lines: [
      ...heading(suspect, settled, sourceNames),
      ...(steps.length > 0 ? steps : [remark(l10n.t('There is nothing to do here.'))]),
    ],
    units,
    directories: suspect.remedy.directories,
    irreversible: [...irreversible(suspect.remedy, fate), ...requests(suspect, outside)],
    waits: waitedFor.length > 0,
  };
}

/** Nova sees to domains, directories and rows itself. */
function byApiAlone(suspect: Suspect): Suspect {
  return { ...suspect, remedy: { ...suspect.remedy, domains: [], directories: [] } };
}

function afterwards(): string {
  return l10n.t('Nova does this; the run waits for it and looks again. What is left then is for a new plan.');
}

/** What is to be done in other services, by hand or by a request. */
function outsideSteps({ manual }: Remedy, { depth }: SettledDepth): ManualStep[] {
  return manual.filter(({ depths }) => depths?.includes(depth) ?? true);
}

function manualLines({ api, command, why }: ManualStep): string[] {
  return api ? [] : [remark(why), directive('manual', { command, done: 'no' })];
}

function requests({ uuid }: Suspect, outside: readonly ManualStep[]): string[] {
  const count = outside.filter(({ api }) => api).length;
  return count === 0 ? [] : [l10n.t('requests to the OpenStack APIs for {0}: {1}', uuid, count)];
}

function heading(
  suspect: Suspect,
  { depth, note }: SettledDepth,
  sourceNames: ReadonlyMap<string, string>,
): string[] {
  const { uuid, name, kind, verdict } = suspect;
  return [
    directive('instance', { uuid, name, kind, verdict, depth }),
    prose(l10n.t('why'), suspect.why),
    ...proseLines(
      l10n.t('evidence'),
      suspect.evidence.map(({ source, text, at }) => {
        const name = sourceNames.get(source);
        return l10n.t('{0} ({1}, {2})', text, name === undefined ? source : `${name}, ${source}`, at);
      }),
    ),
    ...proseLines(l10n.t('cleared'), suspect.cleared),
    ...proseLines(l10n.t('missing'), suspect.missing),
    ...proseLines(
      l10n.t('also'),
      suspect.also.map((finding) => `${finding.kind}: ${finding.why}`),
    ),
    ...proseLines(
      l10n.t('first try'),
      suspect.ladder.map(({ title, command }) => (command === undefined ? title : `${title}: ${command}`)),
    ),
    ...(note === undefined ? [] : [prose(l10n.t('depth'), note)]),
  ];
}

/** Cells in the order they were read, the API database last: its mapping says where the instance is. */
function draftUnits({ suspect, contents }: DraftSubject, { depth }: SettledDepth): DraftedUnit[] {
  const isApi = (database: string): boolean => database === apiDatabaseId;
  return [
    ...contents.filter((each) => !isApi(each.database)),
    ...contents.filter((each) => isApi(each.database)),
  ].flatMap((content) => draftUnit({ uuid: suspect.uuid, content }, depth, suspect.remedy.repairs) ?? []);
}

/** The operator types a word where it is not proven that the instance is gone, or that anyone wanted it gone. */
function confirmation(
  { uuid, verdict, remedy }: Suspect,
  { depth }: SettledDepth,
  units: readonly DraftedUnit[],
): string[] {
  const destroys =
    depth === 'api' ||
    remedy.domains.length > 0 ||
    remedy.directories.length > 0 ||
    units.some((unit) => unit.changesInstance);
  const moves = depth === 'repair' && remedy.repairs?.some((repair) => repair.do === 'move-row') === true;
  if (verdict === 'confirmed' && !moves && (remedy.wanted || !destroys)) return [];
  return [
    remark(
      moves
        ? l10n.t(
            'Two machines that write to one disk destroy it. If you are sure that it runs on the other host and nowhere else, write the word between the quotes after typed=.',
          )
        : l10n.t(
            'This is not proven. If you are sure of it, write the word between the quotes after typed=.',
          ),
    ),
    directive('confirm', { type: uuid.slice(0, 8), typed: '' }),
  ];
}

function domainLines({ domains }: Remedy): string[] {
  return domains.flatMap((domain) => [
    remark(
      isActive(domain)
        ? l10n.t('irreversible: the domain is stopped, and what it has in memory is lost')
        : l10n.t('the definition is saved, then removed'),
    ),
    directive('domain', { host: domain.host, uuid: domain.uuid, state: domain.state, then: 'undefine' }),
  ]);
}

function directoryLines({ directories }: Remedy, fate: DirectoryFate): string[] {
  return directories.flatMap(({ host, path, bytes, modifiedAt }) => [
    directoryRemark(size(bytes), modifiedAt, fate),
    directive('directory', { host, path, bytes, then: fate }),
  ]);
}

function irreversible({ domains, directories }: Remedy, fate: DirectoryFate): string[] {
  const stopped = domains.filter(isActive);
  return [
    ...stopped.map(({ host, uuid }) => l10n.t('the memory of the domain {0} on {1}', uuid, host)),
    ...(fate === 'delete' ? directories.map(deletion) : []),
  ];
}
