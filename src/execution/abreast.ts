import type { Section } from '../model/plan';
import { activeSteps } from './section';

/** As many as go to Placement in one request while it answers the one before. */
const requestsAtATime = 16;

/** Sections that follow on each other, and how many of them may be under way at once. */
export interface Group {
  readonly sections: readonly Section[];
  readonly atATime: number;
}

/**
 * Sections run one after the other, so that the first that fails keeps all others from being begun. Those that free
 * what a consumer holds in Placement, and do nothing else, go a few at a time: they have nothing to do with each other,
 * and each waits for an answer.
 */
export function abreast(sections: readonly Section[]): Group[] {
  const groups: { sections: Section[]; atATime: number }[] = [];
  for (const section of sections) {
    const atATime = freesOnly(section) ? requestsAtATime : 1;
    const last = groups.at(-1);
    if (last?.atATime === atATime) last.sections.push(section);
    else groups.push({ sections: [section], atATime });
  }
  return groups;
}

function freesOnly(section: Section): boolean {
  const steps = activeSteps(section);
  return (
    steps.length > 0 && steps.every((step) => step.step === 'api' && step.request.do === 'delete-allocations')
  );
}
