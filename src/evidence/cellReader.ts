import * as l10n from '@vscode/l10n';
import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { cellSourceId, type Source } from '../model/source';
import type { OpenCell } from './cellFacts';
import { surveyCell, type CellReading, type CellSink } from './cellSurvey';
import type { DatabaseOptions } from './databaseOptions';
import type { DatabaseSession } from './databaseSession';
import { cellNeeds, readKnownSchema } from './schema';
import { sideBySide } from './sideBySide';
import { openSnapshot } from './snapshot';
import type { CellSearch } from './signs/cellSigns';
import { gapOf, type SourceName } from './sources';
import { placeOf, twinGap, twins } from './twinCells';

const cellsAtATime = 16;

export interface ReadCell {
  readonly source: Source;
  /** of a cell that was read to the end */
  readonly read?: OpenCell & CellReading & { readonly place: string };
}

/** Reads the cells of a cloud into the sink. What fails in one is a gap of that one. */
export class CellReader {
  constructor(
    private readonly access: CloudAccess,
    private readonly session: DatabaseSession,
    private readonly sink: CellSink,
    private readonly options: DatabaseOptions,
  ) {}

  /** @param apiPlace where the API database is: see `placeOf` */
  async read(cells: readonly CellMapping[], apiPlace: string): Promise<readonly ReadCell[]> {
    const read = await sideBySide(cells, cellsAtATime, (cell) => this.readCell(cell));
    return this.refuseTwins(read, apiPlace);
  }

  private async readCell(cell: CellMapping): Promise<ReadCell> {
    const { signal } = this.options;
    const name = cellSource(cell);
    try {
      const connection = await this.session.snapshot(() => this.access.openCell(cell, signal));
      const schema = await readKnownSchema(connection, cellNeeds, signal);
      const reading = await this.surveyBeside(cell, (beside) =>
        surveyCell(connection, beside, cell, schema, this.search(), this.sink, signal),
      );
      const place = await placeOf(connection, signal);
      const read = { cell, connection, schema, place, ...reading };
      return { source: this.session.answered(name), read };
    } catch (error) {
      return { source: this.session.answered(name, gapOf(error, this.options.logger)) };
    }
  }

  /** A server that does not give a second session is read by one. */
  private async surveyBeside(
    cell: CellMapping,
    read: (beside: Connection | undefined) => Promise<CellReading>,
  ): Promise<CellReading> {
    const { signal } = this.options;
    const beside = await openSnapshot(() => this.access.openCell(cell, signal), signal).catch(
      () => undefined,
    );
    try {
      return await read(beside);
    } finally {
      await beside?.close();
    }
  }

  /** Two cells at one database: the rows of one of them are somewhere else, unread. */
  private refuseTwins(cells: readonly ReadCell[], apiPlace: string): readonly ReadCell[] {
    const shared = new Set(twins([{ place: apiPlace }, ...cells.flatMap(({ read }) => read ?? [])]));
    return cells.map((each) => {
      if (!each.read || !shared.has(each.read)) return each;
      const { cell, place } = each.read;
      return {
        source: this.session.answered(cellSource(cell), twinGap(l10n.t('Cell {0}', cell.name), place)),
      };
    });
  }

  private search(): CellSearch {
    const { clock, signs, thresholds } = this.options;
    const now = new Date(clock.now().getTime() - this.session.aheadMs);
    return { wanted: signs, ages: { now, thresholds } };
  }
}

export function cellSource(cell: CellMapping): SourceName {
  return { id: cellSourceId(cell.uuid), kind: 'cell', name: cell.name };
}
