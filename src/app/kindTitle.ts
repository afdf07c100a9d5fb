import type { KindId } from '../model/suspect';
import { kinds } from '../zombies/kinds';

/** A kind's name for people. */
export function kindTitle(id: KindId): string {
  return kinds.find((kind) => kind.id === id)?.title() ?? id;
}
