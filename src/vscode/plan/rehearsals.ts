import { unanswered } from '../../app/unanswered';
import type { Plan, Section } from '../../model/plan';
import type { RunReport } from '../../model/report';

/** What a section is to the last dry run that it went through: the same, another one by now, or it went through none. */
export type Standing = 'rehearsed' | 'changed' | 'never';

/** The texts of the sections that went through a dry run in this window, by plan. */
export class Rehearsals {
  private readonly plans = new Map<string, Map<string, string>>();

  note(plan: Plan, text: string, report: RunReport): void {
    const sections = this.plans.get(report.plan) ?? new Map<string, string>();
    const went = new Set(report.sections.filter(wentThrough).map(({ uuid }) => uuid));
    for (const section of plan.sections) {
      if (went.has(section.uuid)) sections.set(section.uuid, textOf(plan, text, section));
    }
    this.plans.set(report.plan, sections);
  }

  /** What a section asks for and got is no change of it. */
  standing(plan: Plan, text: string, section: Section): Standing {
    const rehearsed = this.plans.get(plan.header?.id ?? '')?.get(section.uuid);
    if (rehearsed === undefined) return 'never';
    const now = textOf(plan, text, section);
    return rehearsed === now || unanswered(rehearsed) === unanswered(now) ? 'rehearsed' : 'changed';
  }

  /** Whether any section of the plan of this id was through a dry run. */
  has(id: string): boolean {
    return this.plans.has(id);
  }
}

/** With the header, which says where it runs. */
function textOf({ header }: Plan, text: string, { range }: Section): string {
  const head = header ? text.slice(header.span.start, header.span.end) : '';
  return `${head}\n${text.slice(range.start, range.end).trimEnd()}`;
}

/** A section that a run would refuse for what it still asks for was tried all the same. */
function wentThrough({ steps }: RunReport['sections'][number]): boolean {
  return steps.every(({ outcome, problem }) => outcome !== 'skipped' && problem === undefined);
}
