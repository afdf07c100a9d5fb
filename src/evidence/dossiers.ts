import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { Dossier } from '../model/dossier';
import { CancelledError } from '../model/errors';
import type { Scene } from '../model/scene';
import type { Schema } from '../model/schema';
import { apiSourceId, type Source } from '../model/source';
import { readApiFindings } from './apiDossiers';
import { CellInquiry } from './cellDossiers';
import { cellSource } from './cellReader';
import { youngestLeftover, type DatabaseOptions } from './databaseOptions';
import { ComputeIndex } from './computeIndex';
import { readComputeRecords } from './computeRecords';
import { allComputeRows, readComputeRows, type ComputeRows } from './computeRows';
import { buildDossiers, onHosts, type AskedCell } from './dossierBuilder';
import { DatabaseInquiry } from './placement/databaseInquiry';
import { nothingOfPlacement, type PlacementFindings, type PlacementInquiry } from './placement/findings';
import { apiNeeds, cellNeeds, placementNeeds, readKnownSchema } from './schema';
import { batches } from './sql';
import { ServiceInquiry } from './services/serviceInquiry';
import { openSnapshot } from './snapshot';
import { gapOf, placementSource, sourceOf, type SourceName } from './sources';
import type { Survey } from './survey';

export type DossierOptions = DatabaseOptions;

/**
 * Reads the rows of some UUIDs again, in read views that are newer than the look at the hosts, asks the services about
 * them, and joins to them what the hosts showed. Rejects only when the API database cannot be read, or when cancelled;
 * whatever else fails now has its gap in the scene.
 */
export async function readDossiers(
  access: CloudAccess,
  seen: Pick<Survey, 'scene' | 'cells' | 'hosts' | 'aheadMs'>,
  uuids: readonly string[],
  options: DossierOptions,
): Promise<{ dossiers: ReadonlyMap<string, Dossier>; scene: Scene }> {
  const reader = new DossierReader(access, seen, options);
  try {
    return await reader.read([...new Set(uuids)]);
  } finally {
    await reader.close();
  }
}

interface Opened {
  readonly connection: Connection;
  readonly schema: Schema;
}

interface OpenedCell extends Opened {
  readonly computes: ComputeRows;
}

class DossierReader {
  private readonly sources = new Map<string, Source>();
  private readonly open: Connection[] = [];
  private readonly cells = new Map<CellMapping, OpenedCell>();
  private placement: PlacementInquiry | undefined;
  private computes = new ComputeIndex({ services: [], nodes: [] });
  private services: ServiceInquiry | undefined;

  constructor(
    private readonly access: CloudAccess,
    private readonly seen: Pick<Survey, 'scene' | 'cells' | 'hosts' | 'aheadMs'>,
    private readonly options: DossierOptions,
  ) {}

  async read(uuids: readonly string[]): Promise<{ dossiers: ReadonlyMap<string, Dossier>; scene: Scene }> {
    const { signal } = this.options;
    const api = await this.connect(() => this.access.openApi(signal), apiNeeds);
    this.note({ id: apiSourceId, kind: 'api-database', name: api.connection.name });
    const services = this.askServices(uuids.length);
    await Promise.all([...this.seen.cells.map((cell) => this.openCell(cell)), this.openPlacement(services)]);
    this.computes = new ComputeIndex(allComputeRows([...this.cells.values()].map((cell) => cell.computes)));
    const dossiers: Dossier[] = [];
    const found = onHosts(this.seen.hosts);
    for (const batch of batches(uuids)) {
      const [ofApi, cells] = await Promise.all([
        readApiFindings(api.connection, api.schema, this.seen.cells, batch, signal),
        this.askCells(batch),
      ]);
      const placement = await this.askPlacement(batch, cells);
      const everyCell = this.cells.size === this.seen.cells.length;
      const youngest = youngestLeftover(this.options, this.seen.aheadMs);
      const { computes } = this;
      const findings = { api: ofApi, cells, placement, computes, everyCell, youngest };
      dossiers.push(...(await services.complete(buildDossiers(batch, findings, found))));
    }
    return { dossiers: new Map(dossiers.map((dossier) => [dossier.uuid, dossier])), scene: this.scene() };
  }

  async close(): Promise<void> {
    await Promise.all([this.services?.close(), ...this.open.map((connection) => connection.close())]);
  }

  private async openCell(cell: CellMapping): Promise<void> {
    const { signal } = this.options;
    await this.orGap(cellSource(cell), async () => {
      const opened = await this.connect(() => this.access.openCell(cell, signal), cellNeeds);
      const computes = await readComputeRows(opened.connection, cell.uuid, opened.schema, signal);
      this.cells.set(cell, { ...opened, computes });
    });
  }

  /** Its API is asked where its database does not answer. */
  private async openPlacement(services: ServiceInquiry): Promise<void> {
    const { signal } = this.options;
    await this.orGap(placementSource, async () => {
      try {
        const opened = await this.connect(() => this.access.openPlacement(signal), placementNeeds);
        this.placement = new DatabaseInquiry(opened.connection, opened.schema, this.seen.hosts, signal);
      } catch (error) {
        if (CancelledError.is(error)) throw error;
        this.placement = await services.placement();
        if (!this.placement) throw error;
      }
    });
  }

  private askServices(candidates: number): ServiceInquiry {
    const { signal } = this.options;
    this.services = new ServiceInquiry(this.access, this.seen.scene, {
      candidates,
      hosts: this.seen.hosts,
      orGap: (name, work) => this.orGap(name, work),
      ...(signal ? { signal } : {}),
    });
    return this.services;
  }

  /** In the order of the cells, whichever answers first: the same rows make the same dossier. */
  private async askCells(batch: readonly string[]): Promise<AskedCell[]> {
    const asked = await Promise.all(this.seen.cells.map((cell) => this.askCell(cell, batch)));
    return asked.flatMap((each) => each ?? []);
  }

  private async askCell(cell: CellMapping, batch: readonly string[]): Promise<AskedCell | undefined> {
    const opened = this.cells.get(cell);
    if (!opened) return undefined;
    const { signal } = this.options;
    const { connection, schema } = opened;
    let asked: AskedCell | undefined;
    const answered = await this.orGap(cellSource(cell), async () => {
      const findings = await new CellInquiry(connection, cell.uuid, schema, batch, signal).read();
      const records = await readComputeRecords(connection, cell.uuid, this.computes, batch, signal);
      asked = { ...findings, computeRecords: records };
    });
    if (!answered) {
      this.cells.delete(cell);
    }
    return asked;
  }

  /** One that does not answer is not asked again: its API may need minutes to say so. */
  private async askPlacement(
    batch: readonly string[],
    cells: readonly AskedCell[],
  ): Promise<PlacementFindings> {
    const { placement } = this;
    let findings = nothingOfPlacement;
    if (placement) {
      const live = new Set(
        cells.flatMap(({ rows }) => rows.filter(({ deleted }) => deleted === 0).map(({ uuid }) => uuid)),
      );
      const answered = await this.orGap(placementSource, async () => {
        findings = await placement.read(batch, (uuid) => live.has(uuid));
      });
      if (!answered) this.placement = undefined;
    }
    return findings;
  }

  private async connect(open: () => Promise<Connection>, needs: readonly string[]): Promise<Opened> {
    const connection = await openSnapshot(open, this.options.signal);
    this.open.push(connection);
    return { connection, schema: await readKnownSchema(connection, needs, this.options.signal) };
  }

  /** False when it failed: then the source has the gap, whatever it answers afterwards. */
  private async orGap(name: SourceName, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      if (!this.sources.has(name.id)) {
        this.note(name);
      }
      return true;
    } catch (error) {
      this.sources.set(name.id, sourceOf(name, this.options.clock, gapOf(error, this.options.logger)));
      return false;
    }
  }

  private note(name: SourceName): void {
    this.sources.set(name.id, sourceOf(name, this.options.clock));
  }

  /** What was not complete in the survey stays so: hosts and live rows that only it could show are still not seen. */
  private scene(): Scene {
    const { scene } = this.seen;
    const sources = scene.sources.map((before) => {
      const now = this.sources.get(before.id);
      return now && before.complete ? now : before;
    });
    const now = new Date(this.options.clock.now().getTime() - this.seen.aheadMs);
    return { ...scene, now, sources };
  }
}
