import type { CloudConfiguration } from './configuration';
import type { Connection, SessionUse } from './database/connection';
import type { OpenStackApi } from './openstack/openStackApi';
import type { Shell } from './ssh/shell';

/** A row of `nova_api.cell_mappings`. `url` holds a password: it is never logged, shown or stored. */
export interface CellMapping {
  readonly uuid: string;
  readonly id: number;
  readonly name: string;
  readonly disabled: boolean;
  readonly url: string;
}

export interface HostAddress {
  readonly host: string;
  readonly address: string;
}

/**
 * The doors of one cloud. Callers close what they open. Sessions of a read-only cloud are for reading, unless they are
 * opened for a rehearsal.
 */
export interface CloudAccess {
  readonly configuration: CloudConfiguration;
  openApi(signal?: AbortSignal, use?: SessionUse): Promise<Connection>;
  openCell(cell: CellMapping, signal?: AbortSignal, use?: SessionUse): Promise<Connection>;
  openPlacement(signal?: AbortSignal): Promise<Connection>;
  /** absent when the cloud has no entry of clouds.yaml */
  openOpenStack?(signal?: AbortSignal): Promise<OpenStackApi>;
  openShell(host: HostAddress, signal?: AbortSignal): Promise<Shell>;
}
