import type { Replacement } from '../../app/directoryChoice';
import { isActive } from '../../model/domain';
import type { DirectoryStep, ManualPlanStep, Plan, Section, Step } from '../../model/plan';

/** What a run of some sections would do, counted from the plan's own words. */
export interface PlanSummary {
  readonly sections: number;
  /** expected rows by schema */
  readonly rows: ReadonlyMap<string, number>;
  readonly directories: readonly DirectorySum[];
  readonly domains: readonly { readonly host: string; readonly active: boolean }[];
  /** requests to the APIs; none can be taken back */
  readonly requests: number;
  /** nothing but rows, none of them that of an instance or the way to it */
  readonly rowsOnly: boolean;
}

export interface DirectorySum {
  readonly host: string;
  readonly then: DirectoryStep['then'];
  readonly count: number;
  readonly bytes: number;
}

export function summarize(sections: readonly Section[]): PlanSummary {
  const rows = new Map<string, number>();
  const directories = new Map<string, DirectorySum>();
  const domains: { host: string; active: boolean }[] = [];
  let requests = 0;
  for (const step of sections.flatMap(({ steps }) => steps)) {
    if (step.step === 'unit') {
      const expected = step.statements.reduce((sum, { expect = 0 }) => sum + expect, 0);
      if (expected > 0) rows.set(step.schema, (rows.get(step.schema) ?? 0) + expected);
    } else if (step.step === 'directory') {
      const { host, then, bytes } = step;
      const key = JSON.stringify([host, then]);
      const sum = directories.get(key) ?? { host, then, count: 0, bytes: 0 };
      directories.set(key, { ...sum, count: sum.count + 1, bytes: sum.bytes + bytes });
    } else if (step.step === 'domain') {
      domains.push({ host: step.host, active: isActive(step) });
    } else if (step.step === 'api') {
      requests += 1;
    }
  }
  const rowsOnly = sections.every(isRowsOnly);
  return {
    sections: sections.length,
    rows,
    directories: [...directories.values()],
    domains,
    requests,
    rowsOnly,
  };
}

/** The chosen sections, or all; in the plan's order. */
export function chosen(plan: Plan, uuids: readonly string[] | undefined): readonly Section[] {
  const wanted = uuids && new Set(uuids);
  return wanted ? plan.sections.filter(({ uuid }) => wanted.has(uuid)) : plan.sections;
}

/** False while a line of the section asks for something first: the run will refuse it. */
export function isReady({ steps }: Section): boolean {
  return steps.every((step) => {
    if (step.step === 'confirm') return step.typed === step.type;
    return step.step !== 'manual' || step.done;
  });
}

/** The manual step at an offset. */
export function manualAt(plan: Plan, offset: number): ManualPlanStep | undefined {
  return plan.sections
    .flatMap(({ steps }) => steps)
    .filter((step) => step.step === 'manual')
    .find(({ span }) => span.start <= offset && offset < span.end);
}

/** The edit that marks the manual step at an offset as done. */
export function doneEdits(text: string, plan: Plan, offset: number): Replacement[] {
  const step = manualAt(plan, offset);
  return step ? attributeEdit(text, step.span, 'done', 'yes') : [];
}

/** A bare `"` cannot stand inside a directive's JSON string, so `name="` is where the attribute begins. */
function attributeEdit(
  text: string,
  span: { start: number; end: number },
  name: string,
  value: string,
): Replacement[] {
  const found = new RegExp(`(?<= ${name}=")[a-z]*(?=")`).exec(text.slice(span.start, span.end));
  if (!found) {
    return [];
  }
  const start = span.start + found.index;
  return [{ start, end: start + found[0].length, text: value }];
}

function isRowsOnly({ depth, steps }: Section): boolean {
  return (depth === 'purge' || depth === 'repair') && !steps.some(isOnHost) && !steps.some(moves);
}

function moves(step: Step): boolean {
  return step.step === 'unit' && step.statements.some(({ repair }) => repair?.do === 'move-row');
}

function isOnHost({ step }: Step): boolean {
  return step === 'domain' || step === 'directory';
}
