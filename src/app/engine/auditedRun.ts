import { createHash } from 'node:crypto';
import { messageOf } from '../../model/errors';
import type { Plan } from '../../model/plan';
import type { RunReport } from '../../model/report';
import type { RunOptions } from '../api';
import type { AuditEntry, AuditRecord } from './auditRecord';
import type { DraftBook } from './draftBook';

type Subject = Omit<AuditEntry, 'event'>;

/** What the audit record says of a text that is run or dry-run. */
export async function subjectOf(
  { header, sections }: Plan,
  text: string,
  options: RunOptions,
  drafts: DraftBook,
): Promise<Subject> {
  const uuids = options.sections ?? sections.map(({ uuid }) => uuid);
  const { cloud = '', id: plan = '', purpose = 'cleanup', run: of } = header ?? {};
  const edited = await drafts.isEdited(plan, text);
  return {
    cloud,
    plan,
    purpose,
    ...(of === undefined ? {} : { of }),
    instances: { count: uuids.length, uuids },
    ...(edited === undefined ? {} : { edited }),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** A run with a line where it begins, without which it does not, and one where it ends. */
export async function auditedRun(
  audit: AuditRecord,
  subject: Subject,
  work: (begun: (run: string) => Promise<void>) => Promise<RunReport>,
): Promise<RunReport> {
  let run: string | undefined;
  try {
    const report = await work(async (id) => {
      await audit.add({ event: 'run-begun', run: id, ...subject });
      run = id;
    });
    await audit.tell({ event: 'run-ended', run: report.run, ...subject, outcome: outcomesOf(report) });
    return report;
  } catch (error) {
    const reason = messageOf(error);
    await audit.tell(
      run === undefined
        ? { event: 'run-refused', ...subject, reason }
        : { event: 'run-ended', run, ...subject, reason },
    );
    throw error;
  }
}

export function outcomesOf({ sections }: RunReport): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of sections) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
