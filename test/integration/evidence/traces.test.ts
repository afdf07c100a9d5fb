import assert from 'node:assert/strict';
import { survey, type Survey } from '../../../src/evidence/survey';
import { readTraces } from '../../../src/evidence/traces';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf, planted } from './pick';

describe('all traces of an instance', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), options);
  });

  it('are every row that a dump of all databases has of the instance, and the events of its actions', async () => {
    const { uuid } = planted(cloud, ({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
    const traces = await readTraces(accessTo(cloud), seen, uuid);
    const dump = await cloud.dumpInstance(uuid);
    const inDump = dump.split('\n').filter((line) => line.includes(uuid)).length;
    const rows = traces
      .filter(({ table }) => table !== 'instance_actions_events')
      .flatMap((trace) => trace.rows);
    assert.equal(rows.length, inDump, dump);
    assert.ok(traces.some(({ table }) => table === 'instance_actions_events'));
  });

  it('show no secret', async () => {
    const uuid = await oneOf(
      cloud,
      `SELECT instance_uuid FROM nova_cell1.block_device_mapping
      WHERE connection_info IS NOT NULL AND deleted = 0 LIMIT 1`,
    );
    await cloud.sql(`UPDATE nova_cell1.instances SET user_data = 'hunter2', key_data = 'hunter2' WHERE uuid = '${uuid}';
      UPDATE nova_cell1.block_device_mapping SET connection_info = 'hunter2' WHERE instance_uuid = '${uuid}';
      INSERT INTO nova_cell1.instance_system_metadata (instance_uuid, \`key\`, value, deleted)
        VALUES ('${uuid}', 'password_0', 'hunter2', 0)`);
    const text = JSON.stringify(await readTraces(accessTo(cloud), seen, uuid));
    assert.ok(text.includes(uuid));
    assert.ok(!text.includes('hunter2'));
    assert.match(text, /hidden, 7 characters/);
  });

  it('are not shown when a database that answered before does not now', async () => {
    const { uuid } = planted(cloud, ({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
    const broken = accessTo(cloud, {
      placementDatabase: `mysql://nova@127.0.0.1:${cloud.database.port}/nova_none`,
    });
    await assert.rejects(readTraces(broken, seen, uuid), (error) => OperatorError.is(error));
    const scene = (await survey(broken, options)).scene;
    assert.ok((await readTraces(broken, { ...seen, scene }, uuid)).length > 0, 'the survey has told of it');
  });
});
