import { readPlan } from '../../../src/app/readPlan';
import type { RunReport, StepReport } from '../../../src/model/report';
import { planText } from './planText';

const span = { start: 0, end: 0 };

/** The report of a dry run of some sections of `planText`, in which every step went alike. */
export function dryRun(uuids: readonly string[], step: Partial<StepReport> = {}): RunReport {
  const steps: StepReport[] = [
    { what: 's', span, outcome: 'rolled-back', milliseconds: 1, irreversible: false, ...step },
  ];
  return {
    run: '',
    plan: readPlan(planText).header?.id ?? '',
    cloud: 'demo',
    mode: 'dry-run',
    purpose: 'cleanup',
    startedAt: '',
    finishedAt: '',
    sections: uuids.map((uuid) => ({ uuid, name: '', span, outcome: 'rolled-back', steps })),
  };
}
