import { isServerRequest } from '../model/apiRequest';
import type { Section, Statement } from '../model/plan';

/** True when the section takes more than leftover rows: it counts towards the cap of the cloud. */
export function isWeighty(section: Section): boolean {
  return (
    changesInstance(section) ||
    asksNova(section) ||
    section.steps.some(({ step }) => step === 'domain' || step === 'directory')
  );
}

/** True when Nova is asked to do something about the instance itself. */
function asksNova({ steps }: Section): boolean {
  return steps.some((step) => step.step === 'api' && isServerRequest(step.request));
}

/** True when a statement removes the instance's own row, or the mapping to it: more than to mark it as deleted. */
export function removesInstance(section: Section): boolean {
  return changesOf(section).some((change) => change.kind === 'delete' && isOnInstance(change, section));
}

/** True when the row of a live instance is pointed at another host. */
export function movesRow(section: Section): boolean {
  return changesOf(section).some(({ repair }) => repair?.do === 'move-row');
}

/** True when the instance's own row is changed in any way. */
export function changesOwnRow(section: Section): boolean {
  return changesOf(section).some(({ table }) => table === 'instances');
}

export function changesRows(section: Section): boolean {
  return changesOf(section).length > 0;
}

function changesInstance(section: Section): boolean {
  return changesOf(section).some((change) => isOnInstance(change, section));
}

/** What is purged has no row that a mapping could lead to; a repair leaves the instance as it is, or moves its row. */
function isOnInstance({ table, repair }: Statement, { depth }: Section): boolean {
  if (repair) return repair.do === 'move-row';
  return table === 'instances' || (table === 'instance_mappings' && depth !== 'purge');
}

/** Taken from the statements, which are what runs; the words of the section may have been edited. */
function changesOf(section: Section): Statement[] {
  return section.steps
    .flatMap((step) => (step.step === 'unit' ? step.statements : []))
    .filter(({ kind }) => kind !== 'select');
}
