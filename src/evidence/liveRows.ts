import type { Row } from '../cloud/database/connection';
import type { LiveRow } from '../model/facts';
import type { Table } from '../model/schema';
import { selectList } from './sql';
import { integerOf, textOf, timeOf, uuidOf } from './values';

const columns = [
  ...['uuid', 'project_id', 'host', 'vm_state', 'task_state', 'power_state', 'hidden'],
  ...['created_at', 'updated_at', 'deleted_at', 'launched_at'],
];

/** The live rows of one cell. They are all kept in memory: of each no more than what the kinds look at first. */
export class LiveRows {
  readonly sql: string;
  /** The driver makes a new text for every row, and most rows have those of others. */
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly cell: string,
    instances: Table,
  ) {
    this.sql = `SELECT ${selectList(instances, columns)} FROM instances WHERE deleted = 0`;
  }

  read(row: Row): LiveRow {
    const power = row.power_state;
    return {
      cell: this.cell,
      uuid: uuidOf(row.uuid),
      projectId: this.shared(textOf(row.project_id)),
      host: this.shared(textOf(row.host)),
      vmState: this.shared(textOf(row.vm_state)),
      taskState: this.shared(textOf(row.task_state)),
      powerState: power === null || power === undefined ? null : Number(power),
      hidden: integerOf(row.hidden) !== 0,
      createdAt: timeOf(row.created_at),
      updatedAt: timeOf(row.updated_at),
      deletedAt: timeOf(row.deleted_at),
      launchedAt: timeOf(row.launched_at),
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
