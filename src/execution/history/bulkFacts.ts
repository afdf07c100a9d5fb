import type { PlanHeader } from '../../model/plan';
import type { RunReport } from '../../model/report';
import type { RunContext } from '../context';

export function bulkFacts(
  { id, cloud, purpose }: PlanHeader,
  mode: RunReport['mode'],
  startedAt: Date,
  { clock }: RunContext,
): Omit<RunReport, 'run' | 'sections'> {
  const times = { startedAt: startedAt.toISOString(), finishedAt: clock.now().toISOString() };
  return { plan: id, cloud, mode, purpose, bulk: true, ...times };
}
