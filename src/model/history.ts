import type { Span } from './span';
import type { DatabaseId } from './schema';

/** Younger history is still asked for: by bills, by users who wonder, by Nova's own clean-up. */
export const youngestDays = 7;
export const usualDays = 90;

/** The soft-deleted history of one cell, as far as a plan deletes it for good, chunk by chunk. */
export interface HistorySection {
  /** UUID */
  readonly cell: string;
  readonly name: string;
  /** what was deleted before this time may go; ISO 8601, UTC */
  readonly before: string;
  /** ids of `instances`, both inclusive */
  readonly from: number;
  readonly to: number;
  /** as counted when the plan was drafted */
  readonly instances: number;
  /** most instances in one transaction */
  readonly chunk: number;
  /** what is done with each chunk: one transaction in the cell, then one in the API database */
  readonly units: readonly HistoryUnit[];
  readonly span: Span;
}

export interface HistoryUnit {
  readonly database: DatabaseId;
  readonly schema: string;
  readonly statements: readonly HistoryStatement[];
  readonly span: Span;
}

/**
 * A statement with placeholders. `guard` takes the instances of the chunk that are still as reviewed, `ids` reads by what
 * rows of another table are found.
 */
export interface HistoryStatement {
  readonly kind: 'guard' | 'ids' | 'delete';
  readonly table: string;
  /** without the final semicolon */
  readonly sql: string;
}

/** The way back of one transaction of a chunk: a file of the run that is taken back. */
export interface RestoreChunk {
  /** its name in the folder `restore` of the run */
  readonly file: string;
  readonly database: DatabaseId;
  readonly schema: string;
  readonly rows: number;
  readonly sha256: string;
  readonly span: Span;
}

/** Stands in the statements for the UUIDs of a chunk. */
export const uuidsPlaceholder = '@uuids';
