import * as l10n from '@vscode/l10n';
import type { DraftSubject } from '../model/content';
import type { InstanceDirectory } from '../model/facts';
import { apiDatabaseId } from '../model/schema';
import type { ManualStep, Remedy, Suspect } from '../model/suspect';
import { apiLines } from './apiProse';
import type { SettledDepth } from './depth';
import { directive } from './directives';
import { draftUnit, type DraftedUnit } from './draftUnit';
import { prose, proseLines, remark, size } from './prose';

export interface DraftedSection {
  readonly lines: readonly string[];
  readonly units: readonly DraftedUnit[];
  readonly directories: readonly InstanceDirectory[];
  /** what can't be taken back, for people */
  readonly irreversible: readonly string[];
}

export type DirectoryFate = 'quarantine' | 'delete';

/** All that a plan says and does about one instance, in the order in which it is done. */
export function draftSection(
  subject: DraftSubject,
  settled: SettledDepth,
  fate: DirectoryFate,
): DraftedSection {
  const suspect = settled.depth === 'api' ? byApiAlone(subject.suspect) : subject.suspect;
  const units = draftUnits(subject, settled);
  const outside = outsideSteps(suspect.remedy, settled);
  const steps = [
    ...confirmation(suspect, settled, units),
    ...outside.flatMap(manualLines),
    ...domainLines(suspect.remedy),
    ...directoryLines(suspect.remedy, fate),
    ...(settled.depth === 'api' ? [remark(afterwards())] : []),
    ...outside.flatMap(({ api, why }) => (api ? apiLines(api, why) : [])),
    ...units.flatMap(({ lines }) => lines),
  ];
  return {
    lines: [
      ...heading(suspect, settled),
      ...(steps.length > 0 ? steps : [remark(l10n.t('There is nothing to do here.'))]),
    ],
    units,
    directories: suspect.remedy.directories,
    irreversible: [...irreversible(suspect.remedy, fate), ...requests(suspect, outside)],
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

function heading(suspect: Suspect, { depth, note }: SettledDepth): string[] {
  const { uuid, name, kind, verdict } = suspect;
  return [
    directive('instance', { uuid, name, kind, verdict, depth }),
    prose(l10n.t('why'), suspect.why),
    ...proseLines(
      l10n.t('evidence'),
      suspect.evidence.map(({ source, text, at }) => l10n.t('{0} ({1}, {2})', text, source, at)),
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
  ].flatMap((content) => draftUnit({ uuid: suspect.uuid, content }, depth) ?? []);
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
  if (verdict === 'confirmed' && (remedy.wanted || !destroys)) return [];
  return [
    remark(
      l10n.t('This is not proven. If you are sure of it, write the word between the quotes after typed=.'),
    ),
    directive('confirm', { type: uuid.slice(0, 8), typed: '' }),
  ];
}

function domainLines({ domains }: Remedy): string[] {
  return domains.flatMap(({ host, uuid, state }) => [
    remark(
      state === 'shut off'
        ? l10n.t('the definition is saved, then removed')
        : l10n.t('irreversible: the domain is stopped, and what it has in memory is lost'),
    ),
    directive('domain', { host, uuid, state, then: 'undefine' }),
  ]);
}

function directoryLines({ directories }: Remedy, fate: DirectoryFate): string[] {
  return directories.flatMap(({ host, path, bytes, modifiedAt }) => [
    remark(
      fate === 'quarantine'
        ? l10n.t('{0}, last written {1}; renamed, and can be brought back', size(bytes), modifiedAt)
        : l10n.t('irreversible: {0}, last written {1}, are deleted', size(bytes), modifiedAt),
    ),
    directive('directory', { host, path, bytes, then: fate }),
  ]);
}

function irreversible({ domains, directories }: Remedy, fate: DirectoryFate): string[] {
  const stopped = domains.filter(({ state }) => state !== 'shut off');
  return [
    ...stopped.map(({ host, uuid }) => l10n.t('the memory of the domain {0} on {1}', uuid, host)),
    ...(fate === 'delete'
      ? directories.map(({ host, path }) => l10n.t('the directory {0} on {1}', path, host))
      : []),
  ];
}
