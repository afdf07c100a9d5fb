import * as l10n from '@vscode/l10n';
import type { DraftSubject } from '../model/content';
import { messageOf, OperatorError } from '../model/errors';
import type { Depth } from '../model/suspect';
import { atOnce, type Work } from '../model/work';
import { refusal, settleDepth } from './depth';
import { directive, planVersion } from './directives';
import { directoriesLine, irreversibleRemark, type DirectoryFate } from './directoryProse';
import { draftSection, type DraftedSection } from './draftSection';
import { stop } from './guards';
import { proseLines, remark, stopRemark } from './prose';

export interface DraftInput {
  readonly cloud: string;
  /** UUIDs of all cells of the cloud */
  readonly cells: readonly string[];
  readonly id: string;
  /** ISO 8601, UTC */
  readonly drafted: string;
  readonly scanned: string;
  readonly subjects: readonly DraftSubject[];
  readonly depth?: Depth;
  /** names of sources by their id, where a name says more: cells */
  readonly sourceNames?: ReadonlyMap<string, string>;
  readonly directories: DirectoryFate;
}

export interface DraftedPlan {
  readonly text: string;
  readonly refused: readonly { readonly uuid: string; readonly reason: string }[];
}

/** The cleanup plan of some suspects, as docs/plan-document.md describes it. What can't be drafted is named. */
export function draft(input: DraftInput): DraftedPlan {
  return atOnce(drafting(input));
}

/** The same, which may be interrupted between sections. */
export function* drafting(input: DraftInput): Work<DraftedPlan> {
  const sections: DraftedSection[] = [];
  const texts: string[] = [];
  const refused: { uuid: string; reason: string }[] = [];
  const subjects = new Map(input.subjects.map((subject) => [subject.suspect.uuid, subject]));
  for (const subject of subjects.values()) {
    yield;
    const drafted = draftSubject(subject, input);
    if (typeof drafted === 'string') {
      refused.push({ uuid: subject.suspect.uuid, reason: drafted });
    } else {
      sections.push(drafted);
      texts.push(textOf(drafted.lines));
    }
  }
  const { cloud, cells, id, drafted, scanned } = input;
  const head = [
    remark(
      l10n.t('OpenStack Zombies cleanup plan. Nothing has been changed yet. Read it, edit it, then run it.'),
    ),
    directive('plan', { version: planVersion, cloud, cells, id, drafted, scanned, purpose: 'cleanup' }),
    ...summary(sections),
    stopRemark(),
    stop(id),
  ];
  return { text: [textOf(head), ...texts].join('\n'), refused };
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** The section, or why there is none. */
function draftSubject(
  subject: DraftSubject,
  { depth, directories, sourceNames }: DraftInput,
): DraftedSection | string {
  try {
    const settled = settleDepth(subject, depth);
    return refusal(subject, settled.depth) ?? draftSection(subject, settled, directories, sourceNames);
  } catch (error) {
    if (OperatorError.is(error, 'plan-refused')) return `${messageOf(error)} ${error.action}`;
    throw error;
  }
}

function summary(sections: readonly DraftedSection[]): string[] {
  const rows = new Map<string, number>();
  for (const unit of sections.flatMap(({ units }) => units)) {
    rows.set(unit.schema, (rows.get(unit.schema) ?? 0) + unit.rows);
  }
  const directories = sections.flatMap((section) => section.directories);
  const waiting = sections.filter(({ waits }) => waits).length;
  const bytes = directories.reduce((sum, directory) => sum + directory.bytes, 0);
  return [
    ...proseLines(l10n.t('changes'), [
      l10n.t('instances: {0}', sections.length),
      ...[...rows]
        .filter(([, count]) => count > 0)
        .map(([schema, count]) => l10n.t('rows in {0}: {1}', schema, count)),
      ...(directories.length > 0 ? [directoriesLine(directories.length, bytes)] : []),
      ...(waiting > 0 ? [l10n.t('instances that wait for a word or a step by hand: {0}', waiting)] : []),
    ]),
    ...sections.flatMap(({ irreversible }) => irreversible.map(irreversibleRemark)),
  ];
}
