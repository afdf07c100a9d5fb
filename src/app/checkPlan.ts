import * as l10n from '@vscode/l10n';
import { checking } from '../cleanup/check';
import type { Plan, Problem } from '../model/plan';
import type { Work } from '../model/work';
import type { Clouds } from './clouds';

/** Problems of a plan, and of the plan against its cloud as far as that was read. */
export function* checkPlan(clouds: Clouds, plan: Plan): Work<readonly Problem[]> {
  if (!plan.header) {
    return plan.problems;
  }
  const { cloud } = plan.header;
  const state = clouds.stateOf(cloud);
  if (!state) {
    const message = l10n.t('This plan is for the cloud "{0}", which is not configured here.', cloud);
    return [...plan.problems, { severity: 'error', message, span: plan.header.span }];
  }
  const apis = clouds.configuration(cloud).openstack !== undefined;
  const cells = state.survey?.cells.map((cell) => cell.uuid) ?? plan.header.cells;
  return [...plan.problems, ...(yield* checking(plan, { cloud, cells, apis }))];
}
