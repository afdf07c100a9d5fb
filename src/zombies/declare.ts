import type { Dossier } from '../model/dossier';
import type { Scene, Thresholds } from '../model/scene';
import type { Finding, Kind, Subject, Verdict } from '../model/suspect';
import type { About, Declaration, Signal, Trap } from './declaration';
import { neededUnread } from './traps/needed';
import { weigh } from './weigh';

/** A trap as documentation has it. */
export interface DeclaredTrap {
  readonly id: string;
  readonly when: Readonly<Partial<Record<Verdict, string>>>;
}

export interface ZombieKind extends Kind {
  readonly subject: Subject;
  readonly thresholds: readonly (keyof Thresholds)[];
  readonly atOnce: boolean;
  about(): About;
  /** those that are checked, in their order */
  traps(): readonly DeclaredTrap[];
  /** The finding, or in one line why the kind does not hold. */
  examine(dossier: Dossier, scene: Scene): Finding | string;
}

export function declareKind<S extends Signal>(declaration: Declaration<S>): ZombieKind {
  const { id, needs, thresholds, signs = [], subject = 'instance', atOnce = false } = declaration;
  const traps: readonly Trap<S>[] = [...declaration.traps, ...neededUnread(needs)];
  const examine = (dossier: Dossier, scene: Scene): Finding | string => {
    const signal = declaration.signal(dossier, scene);
    return typeof signal === 'string' ? signal : weigh({ ...declaration, traps }, signal, dossier, scene);
  };
  return {
    id,
    subject,
    needs,
    signs,
    thresholds,
    atOnce,
    about: () => declaration.about(),
    traps: () => traps.map((trap) => ({ id: trap.id, when: trap.when() })),
    candidate: (glimpse, scene) =>
      declaration.candidate?.(glimpse, scene) ?? signs.some((sign) => glimpse.signs.has(sign)),
    examine,
    judge: (dossier, scene) => {
      const finding = examine(dossier, scene);
      return typeof finding === 'string' ? undefined : finding;
    },
  };
}
