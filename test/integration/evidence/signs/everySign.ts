import assert from 'node:assert/strict';
import type { Survey } from '../../../../src/evidence/survey';
import type { Sign } from '../../../../src/model/sign';
import type { DemoCloud } from '../../../cloud/demoCloud';
import { sowApiRows } from './apiRows';
import { sowCellRows } from './cellRows';
import { Field, type Sown } from './field';
import { sowPlacementRows } from './placementRows';

export const signsOfCells: readonly Sign[] = [
  'live-rows-of-deleted',
  'deleted-by-hand',
  'torn',
  'legacy-rows',
  'pci-device-held',
  'migration-in-progress',
  'expired-token',
  'share-of-deleted',
  'empty-network-info',
  'stray-compute-record',
];
export const signsOfApi: readonly Sign[] = [
  'mapping-without-cell',
  'without-mapping',
  'mapping-not-queued',
  'build-request',
];
export const signsOfPlacement: readonly Sign[] = [
  'allocation-of-none',
  'allocations-on-two',
  'no-allocation',
  'empty-consumer',
  'provider-mismatch',
];
export const everySign: ReadonlySet<Sign> = new Set([...signsOfCells, ...signsOfApi, ...signsOfPlacement]);

/** Puts every sign into the cloud, and beside each what must not show it. */
export async function sowEverySign(cloud: DemoCloud): Promise<readonly Sown[]> {
  const cells = await Field.of(cloud);
  sowCellRows(cells);
  await cells.sow(cloud);
  const others = await Field.of(cloud);
  sowApiRows(others);
  sowPlacementRows(others);
  await others.sow(cloud);
  return [...cells.sown, ...others.sown];
}

/** What must show a sign and does not, and what shows one and must not. */
export function assertShown({ glimpses }: Pick<Survey, 'glimpses'>, sown: readonly Sown[]): void {
  const wrong = sown.filter(
    ({ sign, uuid, shows }) => (glimpses.get(uuid)?.signs.has(sign) ?? false) !== shows,
  );
  assert.deepEqual(
    wrong.map(({ sign, story, shows }) => `${sign}, ${story}: ${shows ? 'not shown' : 'shown'}`),
    [],
  );
}
