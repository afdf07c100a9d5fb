export type KindId =
  | 'stuck-deleting'
  | 'deleted-but-live'
  | 'rows-without-parent'
  | 'domain-gone'
  | 'domain-of-deleted-instance'
  | 'domain-without-instance'
  | 'domain-on-another-host'
  | 'stuck-building'
  | 'build-failed'
  | 'instance-without-host'
  | 'leftover-directory'
  | 'leftover-resize-directory'
  | 'unfinished-removal';

/** `none`: a suspect of nothing. `legitimate`: looks like one and is not. Neither may ever be offered for removal. */
export type Expectation = 'confirmed' | 'suspected' | 'unknown' | 'legitimate' | 'none';

export type CellName = 'cell0' | 'cell1' | 'cell2';

/** One thing in the demo cloud: how it came about and what a scan must say of it. */
export interface Planted {
  readonly uuid: string;
  readonly name: string;
  /** How it came about, one sentence. */
  readonly how: string;
  readonly expect: Expectation;
  readonly kind?: KindId;
  /** Further kinds the same thing may rightly be shown as. */
  readonly also?: readonly KindId[];
  readonly host?: string;
  readonly cell?: CellName;
  /** The name of the story that this one differs from in one fact. */
  readonly twinOf?: string;
  /** Rows, domain and directory of this one must be the same after any cleanup. */
  readonly mustSurvive: boolean;
}
