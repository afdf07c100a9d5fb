import type { InstanceMapping, InstanceRow } from './facts';
import type { DatabaseId, Schema } from './schema';
import type { Suspect } from './suspect';

/** What one database holds about one UUID, counted at the time of drafting. */
export interface DatabaseContent {
  readonly database: DatabaseId;
  readonly schema: Schema;
  /**
   * Rows by table, for every table of `instanceTables` that exists here and has any; `<table>:live` counts those
   * with deleted = 0.
   */
  readonly counts: ReadonlyMap<string, number>;
  /** ids of its rows in a table through which others name the instance (`through`): a change by ids uses an index */
  readonly ids?: ReadonlyMap<string, readonly number[]>;
  /** the row of `instances`, in a cell that has one */
  readonly instance?: InstanceRow;
  /** the row of `instance_mappings`, in the API database */
  readonly mapping?: InstanceMapping;
}

/** One suspect with the contents of every database that mentions it. */
export interface DraftSubject {
  readonly suspect: Suspect;
  readonly contents: readonly DatabaseContent[];
}
