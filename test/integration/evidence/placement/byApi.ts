import type { DemoCloud } from '../../../cloud/demoCloud';
import { apisOf } from '../../app/product';

/** Settings of a cloud whose Placement has no database that we reach: its API is left. */
export function byApi(cloud: DemoCloud): Readonly<Record<string, unknown>> {
  return { ...apisOf(cloud), ...withoutDatabase(cloud) };
}

export function withoutDatabase(cloud: DemoCloud): Readonly<Record<string, unknown>> {
  return { placementDatabase: `mysql://nova@127.0.0.1:${cloud.database.port}/nova_cell0` };
}
