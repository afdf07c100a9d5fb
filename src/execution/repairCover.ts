import type { Section, Statement } from '../model/plan';
import { isSameRepair } from '../model/rowRepair';
import type { Suspect } from '../model/suspect';

/** A change of the section that repairs something else than the fresh look asks for. */
export function strangeRepair({ steps }: Section, { remedy }: Suspect): Statement | undefined {
  return steps
    .flatMap((step) => (step.step === 'unit' ? step.statements : []))
    .find(({ repair }) => repair && !remedy.repairs?.some((each) => isSameRepair(each, repair)));
}
