import type { ManualStep, Remedy } from '../model/suspect';

/** No row, domain or directory is touched: steps of people and requests to the APIs, or nothing but the ladder. */
export function stepsOnly(manual: readonly ManualStep[] = [], wanted = false): Remedy {
  return { wanted, depth: 'none', depths: ['none'], domains: [], directories: [], manual };
}
