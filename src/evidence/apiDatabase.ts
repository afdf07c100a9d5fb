import * as l10n from '@vscode/l10n';
import type { CellMapping } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Schema } from '../model/schema';
import { cell0Uuid } from '../model/uuid';
import { apiNeeds, readKnownSchema, tableOf } from './schema';
import { selectList } from './sql';
import { integerOf, textOf, uuidOf } from './values';

export interface ApiReading {
  readonly schema: Schema;
  readonly cells: readonly CellMapping[];
  /** `host_mappings`, with the UUID of the cell */
  readonly hosts: readonly { readonly host: string; readonly cell: string | undefined }[];
}

/** The cells of the cloud, disabled ones too, and the hosts that are mapped to them. */
export async function readApi(connection: Connection, signal?: AbortSignal): Promise<ApiReading> {
  const schema = await readKnownSchema(connection, apiNeeds, signal);
  const columns = ['id', 'uuid', 'name', 'database_connection', 'disabled'];
  const select = selectList(tableOf(schema, 'cell_mappings'), columns);
  const rows = await connection.query(`SELECT ${select} FROM cell_mappings ORDER BY id`, [], signal);
  const cells = rows.map((row) => ({
    uuid: uuidOf(row.uuid),
    id: integerOf(row.id),
    name: textOf(row.name) ?? String(row.uuid),
    disabled: integerOf(row.disabled) !== 0,
    url: textOf(row.database_connection) ?? '',
  }));
  refuseNoCells(connection, cells);
  const mapped = await connection.query('SELECT host, cell_id FROM host_mappings', [], signal);
  const uuidById = new Map(cells.map(({ id, uuid }) => [id, uuid]));
  const hosts = mapped.map((row) => ({
    host: String(row.host),
    cell: uuidById.get(integerOf(row.cell_id)),
  }));
  return { schema, cells, hosts };
}

/** Without a cell every domain would look as if no instance belonged to it. */
function refuseNoCells(connection: Connection, cells: readonly CellMapping[]): void {
  if (cells.every(({ uuid }) => uuid === cell0Uuid)) {
    throw new OperatorError(
      'not-a-nova-database',
      l10n.t(
        '{0} has no cell but cell0 in cell_mappings: it is not the API database of a cloud in use.',
        connection.name,
      ),
      l10n.t('Check that the URL names the API database of this cloud, usually nova_api.'),
    );
  }
}
