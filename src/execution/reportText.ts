import * as l10n from '@vscode/l10n';
import { size } from '../cleanup/prose';
import type { RunReport, SectionReport, StepOutcome, StepReport } from '../model/report';
import { lineFinder } from './lineFinder';
import { overview } from './reportOverview';
import { outcomeWord, plain, shortStep, tableRow } from './reportWords';
import { waysBack } from './waysBack';

type LineOf = (offset: number) => number;

/** The report as Markdown. Tenants' text is escaped; values of rows are not in it. */
export function reportText(report: RunReport, planText: string): string {
  const lineOf = lineFinder(planText);
  const parts = [
    `# ${title(report)}`,
    facts(report),
    ...(report.problem ? [`**${plain(report.problem.message)}** ${plain(report.problem.action)}`] : []),
    ...(report.sections.length === 0 ? [] : [overview(report)]),
    `## ${l10n.t('What to do next')}\n\n${nextSteps(report)
      .map((step) => `- ${step}`)
      .join('\n')}`,
    ...report.sections.map((section) => sectionText(section, report.mode, lineOf)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function title({ mode, cloud, purpose }: RunReport): string {
  const restores = purpose === 'restore';
  if (purpose === 'purge') {
    return mode === 'dry-run'
      ? l10n.t('Dry run of a purge of the quarantine on {0}: nothing was deleted', plain(cloud))
      : l10n.t('Purge of the quarantine on {0}', plain(cloud));
  }
  if (mode === 'dry-run') {
    return restores
      ? l10n.t('Dry run of a restore on {0}: everything was rolled back', plain(cloud))
      : l10n.t('Dry run of a plan on {0}: everything was rolled back', plain(cloud));
  }
  if (restores) return l10n.t('Restore: a run taken back on {0}', plain(cloud));
  return purpose === 'history'
    ? l10n.t('History deleted on {0}', plain(cloud))
    : l10n.t('Run of a plan on {0}', plain(cloud));
}

function facts(report: RunReport): string {
  const counts = new Map<StepOutcome, number>();
  for (const { outcome } of report.sections) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const summary = [...counts]
    .map(([outcome, count]) => `${count} ${outcomeWord(outcome, report.mode)}`)
    .join(', ');
  return [
    `- ${report.bulk ? l10n.t('Databases: {0}', summary) : l10n.t('Instances: {0}', summary || l10n.t('none'))}`,
    `- ${l10n.t('From {0} to {1}', report.startedAt, report.finishedAt)}`,
    `- ${l10n.t('Plan {0}', plain(report.plan))}`,
    ...(report.run === '' ? [] : [`- ${l10n.t('Run {0}', plain(report.run))}`]),
    ...(report.folder === undefined
      ? []
      : [
          `- ${l10n.t('Journal and restore files, which hold what the rows held: {0}', plain(report.folder))}`,
        ]),
  ].join('\n');
}

function sectionText(section: SectionReport, mode: RunReport['mode'], lineOf: LineOf): string {
  const { uuid, name, steps, outcome, gone, problem } = section;
  const fate =
    gone === undefined ? '' : gone ? ` ${l10n.t('It is gone.')}` : ` ${l10n.t('It is still suspected.')}`;
  const paths = steps.flatMap((step) => pathLine(step, lineOf(step.span.start)));
  return [
    `## ${plain([name, uuid].filter(Boolean).join(' '))}`,
    `${l10n.t('Outcome: {0}.', outcomeWord(outcome, mode))}${fate}`,
    ...(problem ? [`**${l10n.t('Not done:')}** ${plain(problem.message)} ${plain(problem.action)}`] : []),
    ...(steps.length === 0 ? [] : [stepTable(section, mode, lineOf)]),
    ...(paths.length === 0 ? [] : [paths.join('\n')]),
  ].join('\n\n');
}

function stepTable({ uuid, steps }: SectionReport, mode: RunReport['mode'], lineOf: LineOf): string {
  return [
    tableRow([l10n.t('Line'), l10n.t('Step'), l10n.t('Time'), l10n.t('Outcome')]),
    '| ---: | --- | ---: | --- |',
    ...steps.map((step) =>
      tableRow([
        String(lineOf(step.span.start)),
        [shortStep(step, uuid), ...amount(step)].join(', '),
        l10n.t('{0} ms', step.milliseconds),
        [
          outcomeWord(step.outcome, mode),
          ...(step.retries === undefined ? [] : [l10n.t('tried again {0} times', step.retries)]),
          ...(step.irreversible ? [l10n.t('irreversible')] : []),
          ...(step.problem ? [step.problem.message] : []),
        ].join(': '),
      ]),
    ),
  ].join('\n');
}

function amount({ rows, expected, bytes }: StepReport): string[] {
  if (bytes !== undefined) return [size(bytes)];
  if (rows === undefined) return [];
  const counted = rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', rows);
  return expected === undefined || expected === rows
    ? [counted]
    : [l10n.t('{0} in place of {1}', counted, expected)];
}

/** Paths are long: they stand below the table. */
function pathLine({ what, detail }: StepReport, line: number): string[] {
  const [path] = /\/[^\s:]+/.exec(what.startsWith('SELECT') ? '' : what) ?? [];
  const parts = [...(path === undefined ? [] : [path]), ...(detail === undefined ? [] : [detail])];
  return parts.length === 0 ? [] : [`- ${l10n.t('Line {0}: {1}', line, plain(parts.join(' → ')))}`];
}

function nextSteps(report: RunReport): string[] {
  const outcomes = new Set(report.sections.map(({ outcome }) => outcome));
  const steps: string[] = [];
  if (outcomes.has('unknown')) {
    steps.push(l10n.t('Find out what became of the steps marked unknown before anything else is run.'));
  }
  if (report.sections.some(({ problem }) => problem)) {
    steps.push(l10n.t('Do what stands under each instance that was not done, then run the plan again.'));
  }
  if (report.mode === 'dry-run') {
    return [...steps, l10n.t('Run the plan when the counts are what you expect.')];
  }
  if (report.sections.some(({ gone }) => gone === false)) {
    steps.push(
      l10n.t('Look at the instances that are still suspected, and draft a plan for what is left of them.'),
    );
  }
  steps.push(...waysBack(report));
  return steps.length > 0 ? steps : [l10n.t('Nothing was changed.')];
}
