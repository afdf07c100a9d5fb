import type { Dossier } from '../../../src/model/dossier';
import type { Sign } from '../../../src/model/sign';
import type { Verdict } from '../../../src/model/suspect';
import type { ZombieKind } from '../../../src/zombies/declare';
import type { SceneChoices } from './build';

/** A zombie of one kind as it looks when every source answered. One of an instance names compute-01 and nothing else. */
export interface Specimen {
  readonly kind: ZombieKind;
  readonly dossier: Dossier;
  readonly verdict: Verdict;
  /** those by which a survey notices it */
  readonly signs?: readonly Sign[];
  /** what its scene has in particular */
  readonly scene?: SceneChoices;
}
