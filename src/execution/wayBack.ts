import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { PlanHeader, UnitStep } from '../model/plan';
import type { JournalLine } from './journalLine';
import type { Chosen } from './chosen';
import { readJournal } from './readJournal';
import { savedUnits, voidUnits } from './savedUnits';

/**
 * A run is taken back with the transactions that it saved, whole and as they are: a restore plan is not judged again,
 * and it picks rows by their ids. Transactions and sections may be left out. Rejects at the first that was not saved.
 */
export async function requireSaved(
  { header, sections }: Chosen,
  text: string,
  folder: string,
): Promise<void> {
  if (header.purpose !== 'restore') {
    return;
  }
  const run = header.run ?? '';
  const lines = await readJournal(folder, run);
  requireOrigin(header, lines);
  const saved = new Map<string, Set<string>>();
  const units = [...(await savedUnits(folder, run, lines)), ...(await voidUnits(folder, run, lines))];
  for (const { section, text: unit } of units) {
    saved.set(section, (saved.get(section) ?? new Set()).add(normal(unit)));
  }
  for (const { uuid, steps } of sections) {
    const strange = steps.find(
      (step): step is UnitStep =>
        step.step === 'unit' &&
        saved.get(uuid)?.has(normal(text.slice(step.span.start, step.span.end))) !== true,
    );
    if (strange) {
      const line = text.slice(0, strange.span.start).split('\n').length;
      throw new OperatorError(
        'plan-refused',
        l10n.t('Line {0}: this transaction is not one that the run {1} saved.', line, run),
        l10n.t(
          'Open the restore plan of the run again. Whole transactions may be left out, nothing else changed.',
        ),
      );
    }
  }
}

/** Ids mean other rows in another cloud. What the header says was compared with the cloud at hand before. */
export function requireOrigin({ cloud, cells }: PlanHeader, lines: readonly JournalLine[]): void {
  const begun = lines.find((line) => line.event === 'run-begun');
  const isOrigin =
    begun?.event === 'run-begun' &&
    begun.cloud === cloud &&
    begun.cells.length === cells.length &&
    begun.cells.every((cell) => cells.includes(cell));
  if (!isOrigin) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The run that this plan names was on another cloud, or its cells were others.'),
      l10n.t('Take the plan from the list of runs again.'),
    );
  }
}

/** An editor may have changed the ends of lines. */
function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}
