import type { DomainStep } from './plan';

/** A domain in any state but one has something in memory, paused and crashed ones too, and loses it when it is stopped. */
export function isActive({ state }: Pick<DomainStep, 'state'>): boolean {
  return state !== 'shut off';
}
