import assert from 'node:assert/strict';
import { survey, type Survey } from '../../../../src/evidence/survey';
import type { Sign } from '../../../../src/model/sign';
import type { DemoCloud } from '../../../cloud/demoCloud';
import { sharedCloud } from '../../sharedCloud';
import { accessTo, options } from '../accessTo';
import { oneOf } from '../pick';
import { assertShown, everySign, signsOfPlacement, sowEverySign } from '../signs/everySign';
import type { Sown } from '../signs/field';
import { byApi } from './byApi';

describe('the signs of Placement, by its API', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let sown: readonly Sown[];

  const look = (settings: object): Promise<Survey> =>
    survey(accessTo(cloud, { ...settings }), { ...options, signs: everySign, onlyHosts: [] });

  const shown = ({ glimpses }: Survey, sign: Sign): string[] =>
    [...glimpses.values()]
      .filter((glimpse) => glimpse.signs.has(sign))
      .map(({ uuid }) => uuid)
      .sort();

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    sown = await sowEverySign(cloud);
    // Placement's API joins them: an allocation without one is not listed (placement/objects/allocation.py, Zed).
    await cloud.sql(
      `INSERT INTO consumers (uuid, project_id, user_id, generation)
        SELECT DISTINCT consumer_id, 1, 1, 1 FROM allocations WHERE consumer_id NOT IN (SELECT uuid FROM consumers)`,
      'placement',
    );
  });
  after(() => cloud.reset());

  it('are those that its database shows, but for consumers that hold nothing', async () => {
    const [database, api] = [await look({}), await look(byApi(cloud))];
    assert.equal(api.scene.sources.find(({ id }) => id === 'placement')?.complete, true);
    assertShown(
      api,
      sown.filter(({ sign, shows }) => sign !== 'empty-consumer' || !shows),
    );
    for (const sign of signsOfPlacement.filter((each) => each !== 'empty-consumer')) {
      assert.ok(shown(database, sign).length > 0, sign);
      assert.deepEqual(shown(api, sign), shown(database, sign), sign);
    }
    assert.deepEqual(shown(api, 'empty-consumer'), []);
  });

  it('are no more than what needs no cell, while one is down', async () => {
    const cell2 = await oneOf(cloud, "SELECT uuid FROM nova_api.cell_mappings WHERE name = 'cell2'");
    const broken = `mysql://nova@127.0.0.1:${cloud.database.port}/placement`;
    const seen = await look({ ...byApi(cloud), cells: { [cell2]: broken } });
    assert.deepEqual(
      signsOfPlacement.filter((sign) => shown(seen, sign).length > 0),
      ['allocations-on-two', 'no-allocation'],
    );
  });
});
