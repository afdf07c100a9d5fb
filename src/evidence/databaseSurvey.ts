import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { CellFacts } from '../model/scene';
import { apiSourceId, type Source } from '../model/source';
import { readApi, type ApiReading } from './apiDatabase';
import { findApiLeftovers } from './apiLeftovers';
import { readCellFacts } from './cellFacts';
import { CellReader, cellSource, type ReadCell } from './cellReader';
import type { CellBacklog, CellReading, CellSink } from './cellSurvey';
import { ComputeIndex } from './computeIndex';
import { allComputeRows } from './computeRows';
import { youngestLeftover, type DatabaseOptions } from './databaseOptions';
import { DatabaseSession } from './databaseSession';
import type { Glimpses } from './glimpses';
import type { HostList } from './hostList';
import type { PlacementSearch } from './placement/allocationSigns';
import { movingConsumers } from './placement/movingConsumers';
import { surveyDatabase } from './placement/surveyDatabase';
import type { UnreadPlacement } from './services/surveyServices';
import { streamBuildRequests, type MappingSearch } from './signs/mappingSigns';
import { gapOf, placementSource, sourceOf } from './sources';
import { placeOf } from './twinCells';

export interface DatabaseSurvey {
  readonly cells: readonly CellMapping[];
  /** by UUID, of the cells that answered; none when one did not */
  readonly cellFacts: ReadonlyMap<string, CellFacts>;
  /** both: see DatabaseSession */
  readonly aheadMs: number;
  readonly behindMs: number;
  /** but for a Placement that is unread */
  readonly sources: readonly Source[];
  /** set when Placement's database did not answer, and its API may */
  readonly unread?: UnreadPlacement;
  readonly backlog: readonly CellBacklog[];
}

/**
 * Reads the API database, every cell, then Placement, each in one read view. The API database comes first: what it
 * names must then be in a cell, or be gone. Its failure rejects, since without it nothing can be known; any other is a gap.
 */
export async function surveyDatabases(
  access: CloudAccess,
  glimpses: Glimpses,
  hosts: HostList,
  options: DatabaseOptions,
): Promise<DatabaseSurvey> {
  const session = new DatabaseSession(options);
  try {
    return await new DatabaseReader(access, session, glimpses, hosts, options).read();
  } finally {
    await session.close();
  }
}

class DatabaseReader {
  constructor(
    private readonly access: CloudAccess,
    private readonly session: DatabaseSession,
    private readonly glimpses: Glimpses,
    private readonly hosts: HostList,
    private readonly options: DatabaseOptions,
  ) {}

  async read(): Promise<DatabaseSurvey> {
    const { access, session, options } = this;
    const api = await session.snapshot(() => access.openApi(options.signal));
    const reading = await readApi(api, options.signal);
    for (const mapping of reading.hosts) {
      this.hosts.list(mapping);
    }
    const apiSource = session.answered({ id: apiSourceId, kind: 'api-database', name: api.name });
    options.onExpected?.([...reading.cells.map(cellSource), placementSource]);
    const reader = new CellReader(access, session, this.sink(), options);
    const cells = await reader.read(reading.cells, await placeOf(api, options.signal));
    const [cellFacts, placement] = await Promise.all([
      this.findLeftovers(api, reading, cells),
      this.readPlacement(cells),
    ]);
    return {
      cells: reading.cells,
      cellFacts,
      aheadMs: session.aheadMs,
      behindMs: session.behindMs,
      backlog: cells.flatMap(({ read }) => read?.backlog ?? []),
      sources: [apiSource, ...cells.map(({ source }) => source), ...placement.sources],
      ...(placement.unread ? { unread: placement.unread } : {}),
    };
  }

  private async readPlacement(
    cells: readonly ReadCell[],
  ): Promise<Pick<DatabaseSurvey, 'sources' | 'unread'>> {
    const { signal, logger, clock } = this.options;
    let search: PlacementSearch | undefined;
    try {
      search = await this.placementSearch(cells);
      await surveyDatabase(this.access, search, signal);
      return { sources: [this.session.answered(placementSource)] };
    } catch (error) {
      const gap = gapOf(error, logger);
      // Where there is an API, that is asked before anybody is told.
      return this.access.openOpenStack && search
        ? { sources: [], unread: { source: sourceOf(placementSource, clock, gap), search } }
        : { sources: [this.session.answered(placementSource, gap)] };
    }
  }

  private async placementSearch(cells: readonly ReadCell[]): Promise<PlacementSearch> {
    const { signal, signs } = this.options;
    const open = cells.flatMap(({ read }) => read ?? []);
    return {
      wanted: signs,
      glimpses: this.glimpses,
      computes: this.findStrays(open),
      moving: signs.has('allocation-of-none') ? await movingConsumers(open, signal) : new Set(),
      everyCell: open.length === cells.length,
    };
  }

  private findStrays(cells: readonly CellReading[]): ComputeIndex {
    const computes = new ComputeIndex(allComputeRows(cells.map((cell) => cell.computes)));
    if (this.options.signs.has('stray-compute-record')) {
      computes.strays().forEach((uuid) => this.glimpses.sign(uuid, 'stray-compute-record'));
    }
    return computes;
  }

  /** A cell that did not answer may have the row of any instance: then nothing of the API database is a leftover. */
  private async findLeftovers(
    api: Connection,
    { schema }: ApiReading,
    cells: readonly ReadCell[],
  ): Promise<ReadonlyMap<string, CellFacts>> {
    const { signal } = this.options;
    const open = cells.flatMap(({ read }) => read ?? []);
    if (open.length < cells.length) {
      return new Map();
    }
    const connections = open.map(({ connection }) => connection);
    const search: MappingSearch = {
      wanted: this.options.signs,
      liveRows: (uuid) => this.glimpses.liveRows(uuid),
      youngest: youngestLeftover(this.options, this.session.aheadMs),
      found: (uuid, sign) => this.glimpses.sign(uuid, sign),
    };
    const leftovers = await findApiLeftovers(api, schema, connections, search, signal);
    await streamBuildRequests(api, schema, search, signal);
    for (const leftover of leftovers) {
      this.glimpses.leftover(leftover);
    }
    return readCellFacts(api, schema, open, leftovers, signal);
  }

  private sink(): CellSink {
    return {
      row: (row) => {
        this.glimpses.row(row);
        if (row.host) {
          this.hosts.name(row.host, row.cell);
        }
      },
      host: (mention) => this.hosts.list(mention),
      leftover: (found) => this.glimpses.leftover(found),
      sign: (uuid, sign) => this.glimpses.sign(uuid, sign),
    };
  }
}
