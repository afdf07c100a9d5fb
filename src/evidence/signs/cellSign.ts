import type { Schema } from '../../model/schema';
import type { Sign } from '../../model/sign';
import type { Ages } from './ages';

/** How one sign shows in one cell. Several may stand for the same sign, each with tables of its own. */
export interface CellSign {
  readonly sign: Sign;
  /** columns by table: a release that lacks one of them shows no such sign */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** what else a release must have */
  readonly applies?: (schema: Schema) => boolean;
  /** selects the UUIDs, as `uuid` */
  readonly sql: string;
  readonly values?: (ages: Ages) => readonly (string | number)[];
}
