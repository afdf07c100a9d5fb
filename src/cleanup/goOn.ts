import * as l10n from '@vscode/l10n';
import type { Plan, PlanHeader, Section, Step, UnitStep } from '../model/plan';
import { directive, planVersion, unitDirective } from './directives';
import { guard, stop } from './guards';
import { identifier, literal } from './literal';
import { remark, stopRemark } from './prose';

export interface GoOnHeader {
  /** of the plan that this makes */
  readonly id: string;
  /** of the run that it goes on with */
  readonly run: string;
  /** ISO 8601, UTC */
  readonly drafted: string;
}

/** What became of the steps of a plan in a run. */
export interface WorkDone {
  readonly done: ReadonlySet<Step>;
  /** lines of the plan that are other ones by now */
  readonly changed: ReadonlyMap<Step, string>;
}

/** A plan of what a run left undone: its sections as they were reviewed, without the steps that were done. */
export function goOnDocument(
  text: string,
  plan: Plan & { readonly header: PlanHeader },
  { id, run, drafted }: GoOnHeader,
  work: WorkDone,
): string {
  const { cloud, cells, scanned, purpose } = plan.header;
  const open = plan.sections.filter((section) => isOpen(section, work.done));
  const head = [
    remark(l10n.t('OpenStack Zombies plan that goes on with run {0}. Read it, edit it, then run it.', run)),
    directive('plan', {
      ...{ version: planVersion, cloud, cells, id, drafted, scanned, purpose },
      run: purpose === 'restore' ? plan.header.run : run,
    }),
    remark(
      l10n.t(
        'Of {0} instances, {1} were done in that run and are left out here.',
        plan.sections.length,
        plan.sections.length - open.length,
      ),
    ),
    stopRemark(),
    stop(id),
  ];
  const sections = open.map((section) => sectionText(text, section, run, work));
  return [`${head.join('\n')}\n`, ...sections].join('\n');
}

/** The section in its own words, and a remark in the place of each step that was done. */
function sectionText(text: string, section: Section, run: string, { done, changed }: WorkDone): string {
  const begun = section.steps.some((step) => done.has(step) || changed.has(step));
  const parts = [text.slice(section.span.start, section.span.end)];
  if (begun && asksForWord(section, done)) parts.push(`\n${wordLines(section).join('\n')}`);
  let at = section.span.end;
  for (const step of section.steps) {
    const { start, end } = step.span;
    const kept = changed.get(step) ?? text.slice(start, end);
    const [first = ''] = kept.split('\n', 1);
    const lines = done.has(step) ? doneLines(section, step, run, first) : [kept];
    parts.push(text.slice(at, start), lines.join('\n'));
    at = end;
  }
  parts.push(text.slice(at, section.range.end));
  return `${parts.join('').trimEnd()}\n`;
}

function doneLines(section: Section, step: Step, run: string, line: string): string[] {
  const words = line.replace(/^--\s*@/, '');
  const proof = step.step === 'unit' && step.takesRow ? goneGuard(section, step) : [];
  return [remark(l10n.t('done in run {0}: {1}', run, words)), ...proof];
}

/**
 * What is left in the API database goes only while the cell says that the row is gone: a run that was taken back
 * meanwhile has brought it back.
 */
function goneGuard({ uuid }: Section, { database, schema, statements }: UnitStep): string[] {
  const table = `${identifier(schema)}.instances`;
  const known = `uuid = ${literal(uuid)}`;
  const isDeleted = statements.some((each) => each.kind === 'delete' && each.table === 'instances');
  const id = statements.flatMap(({ sql }) => /\bid = (\d+)\b/.exec(sql)?.[1] ?? [])[0];
  return [
    unitDirective(database, schema),
    remark(l10n.t('nothing is changed here: it must hold before the rest is done')),
    'START TRANSACTION;',
    isDeleted ? guard(0, table, [known]) : guard(1, table, [known, `deleted = ${id ?? 0}`]),
    'COMMIT;',
  ];
}

/** Half of it was done, so a fresh look sees another thing than the one that was reviewed. */
function asksForWord({ steps }: Section, done: ReadonlySet<Step>): boolean {
  return !steps.some(
    (step) => step.step === 'confirm' || (step.step === 'unit' && step.takesRow && done.has(step)),
  );
}

function wordLines({ uuid }: Section): string[] {
  return [
    remark(
      l10n.t(
        'A part of this was done already. If you are sure of the rest, write the word between the quotes after typed=.',
      ),
    ),
    directive('confirm', { type: uuid.slice(0, 8), typed: '' }),
  ];
}

/** Something of it is left to do. */
export function isOpen({ steps }: Section, done: ReadonlySet<Step>): boolean {
  return steps.some((step) => isWork(step) && !done.has(step));
}

/** A unit of guards alone is done with what hangs on it. */
function isWork(step: Step): boolean {
  if (step.step === 'unit') return step.statements.some(({ kind }) => kind !== 'select');
  return step.step !== 'confirm' && step.step !== 'manual';
}
