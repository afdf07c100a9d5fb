import type { Section, UnitStep } from '../model/plan';

/** True when the section takes more than leftover rows: it counts towards the cap of the cloud. */
export function isWeighty(section: Section): boolean {
  return (
    changesInstance(section) || section.steps.some(({ step }) => step === 'domain' || step === 'directory')
  );
}

/** True when a statement changes the row of the instance itself. Taken from the statements, which are what runs. */
function changesInstance(section: Section): boolean {
  return section.steps.some((step) => step.step === 'unit' && touchesInstances(step));
}

function touchesInstances(unit: UnitStep): boolean {
  return unit.statements.some(({ kind, table }) => kind !== 'select' && table === 'instances');
}
