import * as vscode from 'vscode';
import type { RunReport, SectionReport } from '../../model/report';
import { visible } from '../../model/text';
import { runTitle } from '../runs/runWords';
import { databaseCount, instanceCount } from '../words';

/** How a run or a dry run went, in one message. */
export interface RunOutcome {
  readonly good: boolean;
  readonly text: string;
}

export function runOutcome({ sections, mode, purpose, bulk }: RunReport, cloud: string): RunOutcome {
  const bad = sections.filter((section) => !wentThrough(section, mode));
  const what = titleOf({ mode, purpose }, cloud);
  const done = sections.length - bad.length;
  const all = bulk ? databaseCount(sections.length) : instanceCount(sections.length);
  const counted = bad.length === 0 ? all : vscode.l10n.t('{0} of {1}', done, all);
  const outcome =
    mode === 'dry-run'
      ? vscode.l10n.t('{0} would go through; everything was rolled back.', counted)
      : vscode.l10n.t('{0} done.', counted);
  return { good: bad.length === 0, text: [`${what}: ${outcome}`, ...reasons(bad)].join(' ') };
}

/** Of a dry run: it would be done. */
export function wentThrough(section: SectionReport, mode: RunReport['mode']): boolean {
  if (section.problem !== undefined || section.steps.some(({ problem }) => problem)) return false;
  return section.outcome === 'done' || (mode === 'dry-run' && section.outcome === 'rolled-back');
}

function titleOf(report: Pick<RunReport, 'mode' | 'purpose'>, cloud: string): string {
  return report.mode === 'dry-run' ? vscode.l10n.t('Dry run on {0}', cloud) : runTitle(report, cloud);
}

/** The first of those that did not go through is named with the reason; the report names all. */
function reasons(bad: readonly SectionReport[]): string[] {
  const first = bad.find(({ problem }) => problem) ?? bad[0];
  if (!first) return [];
  const name = first.name === '' ? first.uuid.slice(0, 8) : visible(first.name);
  const problem = first.problem ?? first.steps.find((step) => step.problem)?.problem;
  const why = problem === undefined ? vscode.l10n.t('left out.') : `${problem.message} ${problem.action}`;
  const others = bad.length - 1;
  return [
    vscode.l10n.t('Not {0}: {1}', name, why),
    ...(others > 0 ? [vscode.l10n.t('And {0} more, see the report.', others)] : []),
  ];
}
