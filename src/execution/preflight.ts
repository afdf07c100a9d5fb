import * as l10n from '@vscode/l10n';
import { check } from '../cleanup/check';
import { sectionBlockers } from '../cleanup/sectionBlockers';
import { OperatorError } from '../model/errors';
import type { Plan, Problem, Section } from '../model/plan';
import type { RunContext, RunPlanOptions } from './context';
import type { Chosen, Refused } from './chosen';
import { restObjection, staleness } from './staleness';
import { isWeighty } from './weight';

/** The sections that were asked for. Rejects a plan whose text is not in order, or that is another cloud's. */
export function choose(plan: Plan, text: string, context: RunContext, options: RunPlanOptions): Chosen {
  const { header } = plan;
  if (!header) {
    throw refusePlan(
      l10n.t('This text is no cleanup plan: it has no line "-- @plan".'),
      l10n.t('Draft a plan from the tree, or restore that line.'),
    );
  }
  const sections = plan.sections.filter(({ uuid }) => options.sections?.includes(uuid) ?? true);
  const missing = options.sections?.find((uuid) => !sections.some((section) => section.uuid === uuid));
  if (missing !== undefined) {
    throw refusePlan(
      l10n.t('The plan has no section of {0}.', missing),
      l10n.t('Choose among the sections of the plan.'),
    );
  }
  const cells = context.cells.map(({ uuid }) => uuid);
  const apis = context.access.openOpenStack !== undefined;
  const cloud = context.access.configuration.name;
  const problems = [...plan.problems, ...check(plan, { cloud, cells, apis })];
  const error = problems.find((problem) => problem.severity === 'error' && concerns(problem, plan, sections));
  if (error) {
    const line = text.slice(0, error.span.start).split('\n').length;
    throw refusePlan(
      l10n.t('Line {0}: {1}', line, error.message),
      l10n.t('Correct the line, or draft the plan again.'),
    );
  }
  return { header, sections };
}

/** What a run demands of the cloud and of the whole plan, before anything is read. */
export function checkLimits({ header, sections }: Chosen, context: RunContext): void {
  const { name, readOnly, maxInstances } = context.access.configuration;
  if (readOnly) {
    throw new OperatorError(
      'read-only',
      l10n.t('The cloud {0} is read-only.', name),
      l10n.t('Dry-run the plan, or take "readOnly" out of the settings of the cloud.'),
    );
  }
  const weighty = sections.filter(isWeighty).length;
  if (header.purpose !== 'restore' && weighty > maxInstances) {
    throw refusePlan(
      l10n.t('The plan removes {0} instances, and {1} allows {2} at a time.', weighty, name, maxInstances),
      l10n.t('Run fewer sections, or raise "maxInstances" in the settings of the cloud.'),
    );
  }
}

/** Sections whose @confirm or @manual is open. */
export function openSections(sections: readonly Section[]): Map<string, OperatorError> {
  return new Map(
    sections.flatMap((section): [string, OperatorError][] => {
      const [blocker] = sectionBlockers(section);
      const action = l10n.t('Do what the line asks for, and write it down there.');
      return blocker ? [[section.uuid, refusePlan(blocker.message, action)]] : [];
    }),
  );
}

/**
 * Looks at the instances again. A restore has nothing to judge: its statements raise on conflicts. Neither has a purge:
 * what it may delete is in the journals of the runs, and what is in use is refused on the host.
 */
export async function staleSections(
  { header, sections, earlier }: Chosen,
  context: RunContext,
  signal?: AbortSignal,
): Promise<Refused> {
  if (header.purpose !== 'cleanup' || sections.length === 0) {
    return new Map();
  }
  const uuids = sections.map(({ uuid }) => uuid);
  const suspects = await context.look(uuids, signal);
  return new Map(
    sections.flatMap((section): [string, OperatorError][] => {
      const { uuid } = section;
      const rest = earlier?.get(uuid) === 'row-taken' && suspects.has(uuid);
      const fresh = suspects.get(uuid);
      const error = rest ? restObjection(section, fresh) : staleness(section, fresh, earlier?.has(uuid));
      return error ? [[section.uuid, error]] : [];
    }),
  );
}

/** Problems outside of all sections concern the whole plan. */
function concerns(problem: Problem, plan: Plan, chosen: readonly Section[]): boolean {
  const isIn = ({ range }: Section): boolean =>
    range.start <= problem.span.start && problem.span.start < range.end;
  const owner = plan.sections.find(isIn);
  return !owner || chosen.includes(owner);
}

function refusePlan(message: string, action: string): OperatorError {
  return new OperatorError('plan-refused', message, action);
}
