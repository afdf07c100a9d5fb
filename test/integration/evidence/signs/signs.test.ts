import assert from 'node:assert/strict';
import { survey, type Survey } from '../../../../src/evidence/survey';
import type { Sign } from '../../../../src/model/sign';
import type { DemoCloud } from '../../../cloud/demoCloud';
import { sharedCloud } from '../../sharedCloud';
import { accessTo, options } from '../accessTo';
import { oneOf } from '../pick';
import {
  assertShown,
  everySign,
  signsOfApi,
  signsOfCells,
  signsOfPlacement,
  sowEverySign,
} from './everySign';
import type { Sown } from './field';

describe('the signs of the databases', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let sown: readonly Sown[];

  const look = (
    settings: Readonly<Record<string, unknown>> = {},
    signs: ReadonlySet<Sign> = everySign,
  ): Promise<Survey> => survey(accessTo(cloud, settings), { ...options, signs });

  const shown = ({ glimpses }: Survey, signs: readonly Sign[]): Sign[] =>
    signs.filter((sign) => [...glimpses.values()].some((glimpse) => glimpse.signs.has(sign)));

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    sown = await sowEverySign(cloud);
  });
  after(() => cloud.reset());

  it('show on what has them, and not on what is in order', async () => {
    const seen = await look();
    assert.deepEqual(
      seen.scene.sources.filter(({ kind, complete }) => kind !== 'host' && !complete),
      [],
    );
    assertShown(seen, sown);
    assert.deepEqual(shown(seen, [...everySign]), [...everySign]);
  });

  it('are looked for only where a kind names them', async () => {
    assert.deepEqual(shown(await look({}, new Set(['torn'])), [...everySign]), ['torn']);
  });

  it('are those of the cells that answer, and none of the API database, while a cell is down', async () => {
    const cell2 = await oneOf(cloud, "SELECT uuid FROM nova_api.cell_mappings WHERE name = 'cell2'");
    const { port } = cloud.database;
    const seen = await look({ cells: { [cell2]: `mysql://nova@127.0.0.1:${port}/placement` } });
    assert.deepEqual(shown(seen, signsOfApi), []);
    // Whom an allocation or a provider belongs to, the missing cell may know.
    assert.deepEqual(shown(seen, signsOfPlacement), [
      'allocations-on-two',
      'no-allocation',
      'empty-consumer',
    ]);
    const ofOthers = sown.filter(
      ({ sign, story }) => signsOfCells.includes(sign) && !story.includes('another cell'),
    );
    assertShown(seen, ofOthers);
  });

  it('take one reading of the mappings: a cloud has a million of them', async () => {
    await cloud.sql(
      "SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1",
    );
    try {
      await look();
      const read = await cloud.sql(`SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log
        WHERE argument LIKE '%FROM%instance_mappings%WHERE%instance_uuid%>=%' AND argument NOT LIKE '%general_log%'
          AND command_type IN ('Query', 'Execute')`);
      assert.deepEqual(read.length, 1, read.join('\n'));
    } finally {
      await cloud.sql('SET GLOBAL general_log = 0');
    }
  });

  it('are none of Placement, when it does not answer', async () => {
    const { port } = cloud.database;
    const seen = await look({ placementDatabase: `mysql://nova@127.0.0.1:${port}/nova_cell0` });
    assert.deepEqual(shown(seen, signsOfPlacement), []);
    assert.deepEqual(shown(seen, signsOfApi), signsOfApi);
  });

  it('tell of a nova-compute whether it is disabled, or forced down', async () => {
    await cloud.sql("UPDATE nova_cell1.services SET disabled = 1 WHERE host = 'compute-01'");
    await cloud.sql("UPDATE nova_cell1.services SET forced_down = 1 WHERE host = 'compute-02'");
    const { hosts } = (await look()).scene;
    assert.deepEqual(hosts.get('compute-01')?.service, { disabled: true, forcedDown: false });
    assert.deepEqual(hosts.get('compute-02')?.service, { disabled: false, forcedDown: true });
    assert.deepEqual(hosts.get('compute-04')?.service, { disabled: false, forcedDown: false });
    assert.equal(hosts.get('compute-06')?.service, undefined);
  });
});
