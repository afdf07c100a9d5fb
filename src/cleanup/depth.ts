import * as l10n from '@vscode/l10n';
import type { DraftSubject } from '../model/content';
import type { KindId } from '../model/kindId';
import { apiDatabaseId } from '../model/schema';
import type { Depth, Suspect } from '../model/suspect';
import { isUuid } from '../model/uuid';
import { lossyShadows } from './archive';
import { blockers } from './deletionOrder';
import { repairObjection } from './repairObjection';

/** Kinds that hold only where no cell has a live row, and whose remedy is on hosts. */
const withoutLiveRow: ReadonlySet<KindId> = new Set([
  'domain-without-instance',
  'domain-of-deleted-instance',
  'leftover-directory',
]);

export interface SettledDepth {
  readonly depth: Depth;
  /** why it is not the one that was asked for */
  readonly note?: string;
}

/** The depth that was asked for where it may be, otherwise the suspect's own. */
export function settleDepth(subject: DraftSubject, asked: Depth | undefined): SettledDepth {
  const { depth } = subject.suspect.remedy;
  if (asked === undefined || asked === depth) return { depth };
  const against = objection(subject, asked);
  if (against === undefined) return { depth: asked };
  return { depth, note: l10n.t('{0} was asked for, and {1} is drafted: {2}', asked, depth, against) };
}

/** Why nothing can be drafted for the subject at this depth; undefined when it can. */
export function refusal(subject: DraftSubject, depth: Depth): string | undefined {
  const { suspect } = subject;
  if (!isUuid(suspect.uuid)) return l10n.t('This is no UUID.');
  if (suspect.verdict === 'unknown' || suspect.verdict === 'legitimate') return verdictRefusal(suspect);
  const revived = comeback(subject);
  if (revived !== undefined || depth === 'none') return revived;
  return unfit(subject, depth) ?? (depth === 'api' ? undefined : obstacle(subject));
}

/** What is on a host goes without a guard on rows: the rows that were read for the draft must not speak against it. */
function comeback({ suspect, contents }: DraftSubject): string | undefined {
  if (!withoutLiveRow.has(suspect.kind)) return undefined;
  const live = contents.find(({ instance }) => instance?.deleted === 0);
  return (
    live && l10n.t('it is live by now: {0} has it on {1}.', live.schema.name, live.instance?.host ?? 'NULL')
  );
}

function objection(subject: DraftSubject, asked: Depth): string | undefined {
  if (!subject.suspect.remedy.depths.includes(asked)) return l10n.t('it is not offered for this suspect.');
  return unfit(subject, asked);
}

function unfit(subject: DraftSubject, depth: Depth): string | undefined {
  return hiding(subject.suspect, depth) ?? contradiction(subject, depth) ?? loss(subject, depth);
}

function loss(subject: DraftSubject, depth: Depth): string | undefined {
  const tables = depth === 'archive' ? cellTargets(subject).flatMap(lossyShadows) : [];
  return tables.length > 0 ? l10n.t('the shadow tables of {0} lack columns.', tables.join(', ')) : undefined;
}

/** A row that is gone hides a domain that comes back from Nova for ever (nova/compute/manager.py, the reaper). */
function hiding(suspect: Suspect, depth: Depth): string | undefined {
  const removesRow = depth === 'complete' || depth === 'archive';
  if (!removesRow || suspect.verdict === 'confirmed') return undefined;
  const missing = suspect.missing.join('; ') || suspect.why;
  return l10n.t('the row is only removed when nothing speaks against it: {0}', missing);
}

/** What the databases hold must be what the depth is for. */
function contradiction(subject: DraftSubject, depth: Depth): string | undefined {
  const { contents } = subject;
  const rows = contents.filter(({ instance }) => instance !== undefined);
  if (depth === 'purge' && rows.length > 0) {
    return l10n.t('there is a row of instances in {0}.', rows.map(({ schema }) => schema.name).join(', '));
  }
  const live = rows.filter(({ instance }) => instance?.deleted === 0);
  if (live.length > 1) {
    return l10n.t('several cells have a live row: {0}.', live.map(({ schema }) => schema.name).join(', '));
  }
  return depth === 'repair' ? repairObjection(subject) : undefined;
}

function obstacle(subject: DraftSubject): string | undefined {
  for (const { content } of cellTargets(subject)) {
    const tables = blockers(content.schema);
    if (tables.length > 0) {
      return l10n.t(
        '{0} has tables that refer to instances and that this extension does not know: {1}.',
        content.schema.name,
        tables.join(', '),
      );
    }
  }
  return undefined;
}

function verdictRefusal({ verdict, why, missing, cleared }: Suspect): string {
  const reasons = verdict === 'unknown' ? missing : cleared;
  return l10n.t('The verdict is {0}: {1}', verdict, reasons.length > 0 ? reasons.join('; ') : why);
}

function cellTargets({
  suspect,
  contents,
}: DraftSubject): { uuid: string; content: DraftSubject['contents'][number] }[] {
  return contents
    .filter(({ database }) => database !== apiDatabaseId)
    .map((content) => ({ uuid: suspect.uuid, content }));
}
