import type { RowRepair } from '../model/rowRepair';
import type { Span } from '../model/span';
import type { Guard } from './sql/guard';
import type { Token } from './sql/scan';
import type { Analysis } from './sql/statement';

/** A statement of a unit with what is known of it beyond the model's Statement. */
export interface Reviewed {
  readonly analysis: Analysis;
  readonly tokens: readonly Token[];
  /** what a SELECT is that raises */
  readonly guard: Guard | undefined;
  /** from `@expect` */
  readonly expect: number | undefined;
  /** in a section of depth repair: what it is a part of */
  readonly repair?: RowRepair;
  readonly span: Span;
}
