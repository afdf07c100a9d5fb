import { messageOf } from '../model/errors';
import type { SectionReport } from '../model/report';
import type { RunContext } from './context';

/** Looks once more at what was changed, and says which suspects are gone. What can't be looked at stays open. */
export async function verify(
  sections: readonly SectionReport[],
  context: RunContext,
  signal?: AbortSignal,
): Promise<SectionReport[]> {
  const changed = sections.filter(({ outcome }) => outcome !== 'refused' && outcome !== 'skipped');
  if (changed.length === 0) {
    return [...sections];
  }
  try {
    const seen = await context.look(
      changed.map(({ uuid }) => uuid),
      signal,
    );
    return sections.map((section) =>
      changed.includes(section) && seen.has(section.uuid)
        ? { ...section, gone: isGone(seen.get(section.uuid)?.verdict) }
        : section,
    );
  } catch (error) {
    context.logger.warn(`the look after the run failed: ${messageOf(error)}`);
    return [...sections];
  }
}

function isGone(verdict: string | undefined): boolean {
  return verdict === undefined || verdict === 'legitimate';
}
