import type { ApiRequest } from './apiRequest';
import type { HistorySection, RestoreChunk } from './history';
import type { KindId } from './kindId';
import type { RowRepair } from './rowRepair';
import type { DatabaseId } from './schema';
import type { Span } from './span';
import type { Depth, Verdict } from './suspect';

/** A plan as it was read from the text of a document. Parsing never throws: see `problems`. */
export interface Plan {
  readonly header?: PlanHeader;
  readonly sections: readonly Section[];
  /** of a plan whose purpose is `history` */
  readonly histories: readonly HistorySection[];
  /** of a plan that takes a run of such a plan back */
  readonly chunks: readonly RestoreChunk[];
  readonly problems: readonly Problem[];
}

export interface PlanHeader {
  readonly version: number;
  readonly id: string;
  readonly cloud: string;
  /** UUIDs of all cells of the cloud: another cloud refuses the plan */
  readonly cells: readonly string[];
  readonly drafted: string;
  readonly scanned: string;
  /**
   * `cleanup`, `restore` for the way back of a run, `purge` for what runs keep in quarantine, or `history` for rows that
   * Nova has soft-deleted long ago
   */
  readonly purpose: 'cleanup' | 'restore' | 'purge' | 'history';
  /** restore: id of the run that is undone */
  readonly run?: string;
  readonly span: Span;
}

/** All that is done about one instance. */
export interface Section {
  readonly uuid: string;
  readonly name: string;
  readonly kind: KindId | 'restore' | 'purge';
  readonly verdict: Verdict;
  readonly depth: Depth;
  readonly steps: readonly Step[];
  /** of the @instance directive */
  readonly span: Span;
  /** of the whole section */
  readonly range: Span;
}

export type Step = ConfirmStep | ManualPlanStep | DomainStep | DirectoryStep | ApiStep | UnitStep;

/** `-- @confirm type="0a2d1bf7" typed=""`: the section refuses until `typed` equals `type`. */
export interface ConfirmStep {
  readonly step: 'confirm';
  readonly type: string;
  readonly typed: string;
  readonly span: Span;
}

/** `-- @manual command="openstack ..." done="no"`: the section refuses until done is yes. */
export interface ManualPlanStep {
  readonly step: 'manual';
  readonly command: string;
  readonly done: boolean;
  readonly span: Span;
}

/** `-- @domain host="compute-02" uuid="0a2d..." state="running" then="undefine"`: irreversible when running. */
export interface DomainStep {
  readonly step: 'domain';
  readonly host: string;
  readonly uuid: string;
  readonly state: string;
  readonly span: Span;
}

/** `-- @directory host= path= bytes= then="quarantine"`; `restore` renames it back, `purge` ends it: both have `from`. */
export interface DirectoryStep {
  readonly step: 'directory';
  readonly host: string;
  readonly path: string;
  readonly bytes: number;
  readonly then: 'quarantine' | 'delete' | 'restore' | 'purge';
  /** restore, purge: where it is in the quarantine */
  readonly from?: string;
  readonly span: Span;
}

/** `-- @api do="delete-port" id="8d3b..."`: a request to an API of the cloud; irreversible. */
export interface ApiStep {
  readonly step: 'api';
  readonly request: ApiRequest;
  readonly span: Span;
}

/** One transaction in one database. */
export interface UnitStep {
  readonly step: 'unit';
  readonly database: DatabaseId;
  readonly schema: string;
  /** restore: the rows had no parent when they were removed, so they come back with foreign keys unchecked */
  readonly parentsMissing?: true;
  /** cleanup: the live row of `instances` is deleted here, or marked as deleted */
  readonly takesRow?: true;
  /** what its guard says of the row of `instances`; absent where none says anything, and in the API database */
  readonly row?: RowState;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export type RowState = 'live' | 'deleted' | 'none';

export type StatementKind = 'select' | 'delete' | 'update' | 'insert-select' | 'insert';

export interface Statement {
  readonly kind: StatementKind;
  /** without the final semicolon */
  readonly sql: string;
  /** the table that is changed, without its schema; absent for a SELECT */
  readonly table?: string;
  /** text of the WHERE clause of a DELETE, an UPDATE or the SELECT of an insert-select, without the word */
  readonly where?: string;
  /** the columns that an UPDATE sets, in lower case */
  readonly sets?: readonly string[];
  /** insert-select: the table that is read, without its schema */
  readonly from?: string;
  /** from `-- @expect rows=N`; every change has one */
  readonly expect?: number;
  /** what a change of a section of depth `repair` is a part of */
  readonly repair?: RowRepair;
  readonly span: Span;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly span: Span;
}
