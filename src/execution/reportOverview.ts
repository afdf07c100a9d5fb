import * as l10n from '@vscode/l10n';
import { size } from '../cleanup/prose';
import type { RunReport, SectionReport, StepReport } from '../model/report';
import { outcomeWord, tableRow } from './reportWords';

/** A table with one line for each instance, rows and sizes as far as they were done. */
export function overview({ sections, mode, bulk }: RunReport): string {
  return [
    tableRow([
      bulk ? l10n.t('Database') : l10n.t('Instance'),
      l10n.t('Outcome'),
      l10n.t('Rows'),
      l10n.t('Directories'),
      l10n.t('Why not'),
    ]),
    '| --- | --- | ---: | ---: | --- |',
    ...sections.map((section) => tableRow(cells(section, mode))),
  ].join('\n');
}

function cells(
  { uuid, name, outcome, steps, problem, gone }: SectionReport,
  mode: RunReport['mode'],
): string[] {
  const done = steps.filter((step) => isDone(step, mode));
  const rows = done.reduce((sum, step) => sum + (step.expected === undefined ? 0 : (step.rows ?? 0)), 0);
  const directories = done.flatMap(({ bytes }) => bytes ?? []);
  const bytes = directories.reduce((sum, each) => sum + each, 0);
  return [
    [name, uuid.slice(0, 8)].filter(Boolean).join(' '),
    gone === false ? l10n.t('{0}, still suspected', outcomeWord(outcome, mode)) : outcomeWord(outcome, mode),
    String(rows),
    directories.length === 0 ? '' : `${directories.length} (${size(bytes)})`,
    problem?.message ?? '',
  ];
}

function isDone({ outcome }: StepReport, mode: RunReport['mode']): boolean {
  return outcome === (mode === 'run' ? 'done' : 'rolled-back');
}
