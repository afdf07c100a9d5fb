import assert from 'node:assert/strict';
import type { ScanReport } from '../../../src/app/api';
import { findings } from '../../../src/app/engine/sightingRules';
import { kinds as everyKind } from '../../../src/zombies/kinds';
import type { DemoCloud } from '../../cloud/demoCloud';
import { byApi } from '../evidence/placement/byApi';
import { sharedCloud } from '../sharedCloud';
import { apisOf, cloudName, productOn } from './product';

const ofPlacement = new Set(everyKind.filter(({ needs }) => needs.includes('placement')).map(({ id }) => id));

describe('a scan of a cloud whose Placement has no database that can be reached', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  /** What no API lists is left out: consumers that hold nothing. */
  const found = ({ suspects }: ScanReport): string[] =>
    suspects
      .flatMap((suspect) =>
        findings(suspect).map(({ kind, verdict }) => ({ uuid: suspect.uuid, kind, verdict })),
      )
      .filter(({ kind }) => ofPlacement.has(kind) && kind !== 'empty-consumer')
      .map(({ uuid, kind, verdict }) => `${kind} ${uuid} ${verdict}`)
      .sort();

  it('finds by its API the zombies that its database shows, with the same verdicts', async () => {
    const database = found(await productOn(cloud, apisOf(cloud)).scan(cloudName));
    const api = await productOn(cloud, byApi(cloud)).scan(cloudName);
    assert.equal(api.sources.find(({ id }) => id === 'placement')?.complete, true);
    assert.deepEqual(found(api), database);
    for (const kind of [...ofPlacement].filter((each) => each !== 'empty-consumer'))
      assert.ok(
        database.some((each) => each.startsWith(`${kind} `)),
        kind,
      );
  });
});
