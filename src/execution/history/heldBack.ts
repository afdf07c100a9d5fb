/** A soft-deleted instance as far as it is judged whether its rows may go. */
export interface HistoryRow {
  readonly uuid: string;
  readonly host: string | null;
  readonly project: string | null;
}

/** What all sources but the rows themselves say against deleting history. */
export interface HeldBack {
  /** why the rows of an instance stay; undefined: nothing speaks against their going */
  reason(row: HistoryRow): string | undefined;
  /** hosts that could not be read: what moved to or from them stays as well */
  readonly unreadHosts: readonly string[];
}
