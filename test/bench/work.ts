import type { Database } from '../cloud/database/mariadb';

/** What is measured of both sides. */
export type Unit = 's' | 'ms' | 'CPU ms' | 'bytes';

/** One comparison: less is better, the ratio is ours to the peer's, and the goal is the most that it may be. */
export interface Figure {
  readonly name: string;
  readonly peer: string;
  readonly unit: Unit;
  /** of every round, in the order of the rounds */
  readonly ours: readonly number[];
  /** the same rounds of the peer; the limit alone where there is no peer */
  readonly theirs: readonly number[];
  /** of the medians */
  readonly ratio: number;
  readonly goal: number;
  readonly met: boolean;
}

/** One thing that the product does, and how fast others do it. Its file in `works/` has its name. */
export interface Work {
  readonly name: string;
  readonly title: string;
  /** in words, for readers: what is compared with, and how it is run */
  readonly peers: readonly string[];
  /** in words */
  readonly goals: readonly string[];
  measure(lab: Lab): Promise<readonly Figure[]>;
}

export interface ServerWish {
  /** of its folder; works that name the same one share its data */
  readonly name: string;
  /** options that are laid over those of the bench */
  readonly args?: readonly string[];
  /** says what `fill` makes, so that data of an earlier run are used again while it is the same; default: never */
  readonly stamp?: string;
  fill(server: Database): Promise<void>;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a work measures with. Everything that it tells goes into the document. */
export interface Lab {
  /** small populations: the figures mean nothing */
  readonly small: boolean;
  /** at least so many of each side */
  readonly rounds: number;
  /** a folder for what the work makes */
  readonly directory: string;
  /** A MariaDB of this run, filled; it ends with the work. */
  server(wish: ServerWish): Promise<Database>;
  /** Another one on a fresh copy of the data of one that was stopped, with options laid over those of the bench. */
  copyOf(stopped: Database, args: readonly string[]): Promise<Database>;
  /** A line on the screen only. */
  say(progress: string): void;
  /** A fact about the data, the set-up or the result. */
  note(fact: string): void;
  table(table: Table): void;
  /** A picture beside the document. */
  picture(name: string, alt: string, svg: string): void;
}
