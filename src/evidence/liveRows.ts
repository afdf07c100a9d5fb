import { RowCells } from '../cloud/database/rowCells';
import type { LiveRow } from '../model/facts';
import type { Table } from '../model/schema';
import { selectList } from './sql';
import { uuidOf } from './values';

/** In the order in which `read` takes them. */
const columns = [
  ...['uuid', 'project_id', 'host', 'vm_state', 'task_state', 'power_state', 'hidden'],
  ...['created_at', 'updated_at', 'deleted_at', 'launched_at'],
];

/** The live rows of one cell. They are all kept in memory: of each no more than what the kinds look at first. */
export class LiveRows {
  readonly sql: string;
  /** The driver makes a new text for every row, and most rows have those of others. */
  private readonly texts = new Map<string, string>();
  private readonly cells = new RowCells();

  constructor(
    private readonly cell: string,
    instances: Table,
  ) {
    this.sql = `SELECT ${selectList(instances, columns)} FROM instances WHERE deleted = 0`;
  }

  /** A row of that statement, as `TakeRow` is called. */
  read(buffer: Buffer, offset: number): LiveRow {
    const { cell, cells } = this;
    cells.begin(buffer, offset);
    return {
      cell,
      uuid: uuidOf(cells.text()),
      projectId: this.shared(cells.text()),
      host: this.shared(cells.text()),
      vmState: this.shared(cells.text()),
      taskState: this.shared(cells.text()),
      powerState: cells.integer(),
      hidden: (cells.integer() ?? 0) !== 0,
      createdAt: cells.time(),
      updatedAt: cells.time(),
      deletedAt: cells.time(),
      launchedAt: cells.time(),
    };
  }

  private shared(text: string | null): string | null {
    if (text === null) return null;
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }
}
