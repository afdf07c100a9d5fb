import * as l10n from '@vscode/l10n';
import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { Clock, Logger } from '../model/ports';
import type { CellFacts, Keep, Sighting, Thresholds } from '../model/scene';
import type { Sign } from '../model/sign';
import { apiSourceId, cellSourceId, type Gap, type Source } from '../model/source';
import { readApi, type ApiReading } from './apiDatabase';
import { readCellFacts, type OpenCell } from './cellFacts';
import { clockDifference } from './clock';
import { findApiLeftovers } from './apiLeftovers';
import { surveyCell, type CellBacklog, type CellReading, type CellSink } from './cellSurvey';
import { ComputeIndex } from './computeIndex';
import { allComputeRows } from './computeRows';
import type { Glimpses } from './glimpses';
import type { HostList } from './hostList';
import { surveyPlacement } from './placementSurvey';
import { cellNeeds, readKnownSchema } from './schema';
import { sideBySide } from './sideBySide';
import type { CellSearch } from './signs/cellSigns';
import { streamBuildRequests, type MappingSearch } from './signs/mappingSigns';
import { openSnapshot } from './snapshot';
import { gapOf, placementSource, sourceOf, type SourceName } from './sources';
import { placeOf, twinGap, twins } from './twinCells';

export interface DatabaseOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly thresholds: Thresholds;
  /** what the kinds want to be looked for */
  readonly signs: ReadonlySet<Sign>;
  readonly sightings: ReadonlyMap<string, Sighting>;
  readonly keeps: readonly Keep[];
  readonly signal?: AbortSignal;
  readonly onSource?: (source: Source) => void;
  /** sources that are going to be read, as soon as it is known that they are there */
  readonly onExpected?: (sources: readonly SourceName[]) => void;
}

export interface DatabaseSurvey {
  readonly cells: readonly CellMapping[];
  /** by UUID, of the cells that answered; none when one did not */
  readonly cellFacts: ReadonlyMap<string, CellFacts>;
  /** milliseconds by which this machine's clock is ahead of the database that is furthest behind; 0 when it is not */
  readonly aheadMs: number;
  /** milliseconds by which one of the databases is ahead of this machine's clock; 0 when none is */
  readonly behindMs: number;
  readonly sources: readonly Source[];
  readonly backlog: readonly CellBacklog[];
}

const cellsAtATime = 16;

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
  const reader = new DatabaseReader(access, glimpses, hosts, options);
  try {
    return await reader.read();
  } finally {
    await reader.close();
  }
}

interface ReadCell {
  readonly source: Source;
  /** of a cell that was read to the end */
  readonly read?: OpenCell & CellReading & { readonly place: string };
}

class DatabaseReader {
  private readonly open: Connection[] = [];
  private aheadMs = 0;
  private behindMs = 0;

  constructor(
    private readonly access: CloudAccess,
    private readonly glimpses: Glimpses,
    private readonly hosts: HostList,
    private readonly options: DatabaseOptions,
  ) {}

  async read(): Promise<DatabaseSurvey> {
    const { signal } = this.options;
    const api = await this.snapshot(() => this.access.openApi(signal));
    await this.compareClocks(api);
    const reading = await readApi(api, signal);
    for (const mapping of reading.hosts) {
      this.hosts.list(mapping);
    }
    const apiSource = this.answered({ id: apiSourceId, kind: 'api-database', name: api.name });
    this.options.onExpected?.([...reading.cells.map(cellSource), placementSource]);
    const cells = this.refuseTwins(
      await sideBySide(reading.cells, cellsAtATime, (cell) => this.readCell(cell)),
      await placeOf(api, signal),
    );
    const cellFacts = await this.findLeftovers(api, reading, cells);
    return {
      cells: reading.cells,
      cellFacts,
      aheadMs: this.aheadMs,
      behindMs: this.behindMs,
      sources: [apiSource, ...cells.map(({ source }) => source), await this.readPlacement(cells)],
      backlog: cells.flatMap(({ read }) => read?.backlog ?? []),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((connection) => connection.close()));
  }

  private async readCell(cell: CellMapping): Promise<ReadCell> {
    const { signal } = this.options;
    const name = cellSource(cell);
    try {
      const connection = await this.snapshot(() => this.access.openCell(cell, signal));
      await this.compareClocks(connection);
      const schema = await readKnownSchema(connection, cellNeeds, signal);
      const reading = await surveyCell(connection, cell, schema, this.search(), this.sink(), signal);
      const place = await placeOf(connection, signal);
      return { source: this.answered(name), read: { cell, connection, schema, place, ...reading } };
    } catch (error) {
      return { source: this.answered(name, gapOf(error, this.options.logger)) };
    }
  }

  /** Ages are counted by the earliest of all clocks: one that is ahead would make a delete of a moment ago look stuck. */
  private async compareClocks(connection: Connection): Promise<void> {
    const difference = await clockDifference(connection, this.options.clock, this.options.signal);
    this.aheadMs = Math.max(this.aheadMs, difference);
    this.behindMs = Math.max(this.behindMs, -difference);
  }

  private async readPlacement(cells: readonly ReadCell[]): Promise<Source> {
    const { signal, logger, signs } = this.options;
    const open = cells.flatMap(({ read }) => read ?? []);
    const everyCell = open.length === cells.length;
    const search = { wanted: signs, glimpses: this.glimpses, computes: this.findStrays(open), everyCell };
    try {
      await surveyPlacement(this.access, open, search, signal);
      return this.answered(placementSource);
    } catch (error) {
      const gap = gapOf(error, logger);
      // Where there is an API, that is asked before anybody is told.
      return this.access.openOpenStack
        ? sourceOf(placementSource, this.options.clock, gap)
        : this.answered(placementSource, gap);
    }
  }

  private findStrays(cells: readonly CellReading[]): ComputeIndex {
    const computes = new ComputeIndex(allComputeRows(cells.map((cell) => cell.computes)));
    if (this.options.signs.has('stray-compute-record')) {
      computes.strays().forEach((uuid) => this.glimpses.sign(uuid, 'stray-compute-record'));
    }
    return computes;
  }

  /** Two cells at one database: the rows of one of them are somewhere else, unread. */
  private refuseTwins(cells: readonly ReadCell[], apiPlace: string): readonly ReadCell[] {
    const shared = new Set(twins([{ place: apiPlace }, ...cells.flatMap(({ read }) => read ?? [])]));
    return cells.map((each) =>
      each.read && shared.has(each.read)
        ? {
            source: this.answered(
              cellSource(each.read.cell),
              twinGap(l10n.t('Cell {0}', each.read.cell.name), each.read.place),
            ),
          }
        : each,
    );
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
      youngest: youngestLeftover(this.options, this.aheadMs),
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

  private search(): CellSearch {
    const { clock, signs, thresholds } = this.options;
    return { wanted: signs, ages: { now: new Date(clock.now().getTime() - this.aheadMs), thresholds } };
  }

  private async snapshot(open: () => Promise<Connection>): Promise<Connection> {
    const connection = await openSnapshot(open, this.options.signal);
    this.open.push(connection);
    return connection;
  }

  private answered(name: SourceName, gap?: Gap): Source {
    const source = sourceOf(name, this.options.clock, gap);
    this.options.onSource?.(source);
    return source;
  }
}

export function cellSource(cell: CellMapping): SourceName {
  return { id: cellSourceId(cell.uuid), kind: 'cell', name: cell.name };
}

/** What was made after this may belong to an instance that is being built. ISO 8601, UTC. */
export function youngestLeftover(
  { clock, thresholds }: Pick<DatabaseOptions, 'clock' | 'thresholds'>,
  aheadMs: number,
): string {
  return new Date(clock.now().getTime() - aheadMs - thresholds.buildingMinutes * 60_000).toISOString();
}
