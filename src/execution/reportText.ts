import * as l10n from '@vscode/l10n';
import type { RunReport, SectionReport, StepOutcome, StepReport } from '../model/report';
import { visible } from '../model/text';

/** The report as Markdown. Tenants' text is escaped; values of rows are not in it. */
export function reportText(report: RunReport, planText: string): string {
  const lineOf = lineFinder(planText);
  const parts = [
    `# ${title(report)}`,
    facts(report),
    ...report.sections.map((section) => sectionText(section, report.mode, lineOf)),
    `## ${l10n.t('What to do next')}\n\n${nextSteps(report)
      .map((step) => `- ${step}`)
      .join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function title(report: RunReport): string {
  return report.mode === 'run'
    ? l10n.t('Run of a plan on {0}', plain(report.cloud))
    : l10n.t('Dry run of a plan on {0}: everything was rolled back', plain(report.cloud));
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
    `- ${l10n.t('Instances: {0}', summary === '' ? l10n.t('none') : summary)}`,
    `- ${l10n.t('From {0} to {1}', report.startedAt, report.finishedAt)}`,
    `- ${l10n.t('Plan {0}', plain(report.plan))}`,
    ...(report.folder === undefined
      ? []
      : [
          `- ${l10n.t('Journal and restore files, which hold what the rows held: {0}', plain(report.folder))}`,
        ]),
  ].join('\n');
}

function sectionText(
  section: SectionReport,
  mode: RunReport['mode'],
  lineOf: (offset: number) => number,
): string {
  const gone =
    section.gone === undefined
      ? ''
      : section.gone
        ? ` ${l10n.t('It is gone.')}`
        : ` ${l10n.t('It is still suspected.')}`;
  const problem = section.problem
    ? `\n\n> ${plain(section.problem.message)} ${plain(section.problem.action)}`
    : '';
  const rows = section.steps.map((step) => stepRow(step, mode, lineOf(step.span.start)));
  const table = [
    `| ${l10n.t('Line')} | ${l10n.t('Step')} | ${l10n.t('Expected')} | ${l10n.t('Done')} | ${l10n.t('Time')} | ${l10n.t('Outcome')} |`,
    '| ---: | --- | ---: | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
  const head = `## ${plain(section.uuid)} ${plain(section.name)}\n\n${l10n.t('Outcome: {0}.', outcomeWord(section.outcome, mode))}${gone}${problem}`;
  return section.steps.length === 0 ? head : `${head}\n\n${table}`;
}

function stepRow(step: StepReport, mode: RunReport['mode'], line: number): string {
  const done = step.bytes === undefined ? (step.rows?.toString() ?? '') : l10n.t('{0} bytes', step.bytes);
  const notes = [
    outcomeWord(step.outcome, mode),
    ...(step.irreversible ? [l10n.t('irreversible')] : []),
    ...(step.detail === undefined ? [] : [step.detail]),
    ...(step.problem ? [step.problem.message] : []),
  ];
  const cells = [
    String(line),
    shorten(step.what),
    step.expected?.toString() ?? '',
    done,
    l10n.t('{0} ms', step.milliseconds),
    notes.join(': '),
  ];
  return `| ${cells.map(plain).join(' | ')} |`;
}

function nextSteps(report: RunReport): string[] {
  const outcomes = new Set(report.sections.map(({ outcome }) => outcome));
  const steps: string[] = [];
  if (outcomes.has('unknown')) {
    steps.push(l10n.t('Find out what became of the steps marked unknown before anything else is run.'));
  }
  if (report.sections.some(({ problem }) => problem)) {
    steps.push(l10n.t('See what the lines marked with ">" ask for.'));
  }
  if (report.mode === 'dry-run') {
    return [...steps, l10n.t('Run the plan when the counts are what you expect.')];
  }
  if (report.sections.some(({ gone }) => gone === false)) {
    steps.push(
      l10n.t('Look at the instances that are still suspected, and draft a plan for what is left of them.'),
    );
  }
  if (report.sections.some((section) => section.steps.some(isUndoable))) {
    steps.push(
      l10n.t(
        'Rows and quarantined directories can be brought back with the restore plan of run {0}.',
        report.run,
      ),
    );
  }
  return steps.length > 0 ? steps : [l10n.t('Nothing was changed.')];
}

function isUndoable({ outcome, irreversible }: StepReport): boolean {
  return outcome === 'done' && !irreversible;
}

function outcomeWord(outcome: StepOutcome, mode: RunReport['mode']): string {
  switch (outcome) {
    case 'done':
      return l10n.t('done');
    case 'rolled-back':
      return mode === 'dry-run' ? l10n.t('would be done') : l10n.t('rolled back');
    case 'refused':
      return l10n.t('refused');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('left out');
    case 'unknown':
      return l10n.t('unknown');
  }
}

/** Text as one line in which Markdown has nothing to act on. */
function plain(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>()#!|&~]/g, '\\$&');
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Line number of an offset, by halving over the ends of all lines. */
function lineFinder(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    ends.push(end);
  }
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low + 1;
  };
}
