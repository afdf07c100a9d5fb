import assert from 'node:assert/strict';
import type { CloudAccess } from '../../src/cloud/access';
import type { RunContext } from '../../src/execution/context';
import { FlowControl } from '../../src/execution/flowControl';
import { waitFor } from '../cloud/ports';
import { contextFrom, cellIn } from '../integration/execution/bench';
import type { ClusterGround } from './clusterGround';
import { holdBack, type Held } from './heldNode';
import { sharedCluster } from './sharedCluster';

describe('a node that is behind the others', function () {
  this.timeout(120_000);
  let ground: ClusterGround;
  let uuid: string;
  let held: Held | undefined;

  before(async () => {
    ground = await sharedCluster();
  });

  beforeEach(async () => {
    await ground.reset();
    uuid = ground.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
  });

  afterEach(async () => {
    await held?.release();
    held = undefined;
  });

  async function hostname(access: CloudAccess, context: RunContext): Promise<unknown> {
    const cell = context.cells.find(({ uuid: id }) => id === cellIn(context, 'nova_cell1'));
    assert.ok(cell);
    const connection = await access.openCell(cell);
    const sql = 'SELECT hostname FROM instances WHERE uuid = ?';
    const [row] = await connection.query(sql, [uuid]).finally(() => connection.close());
    return row?.hostname;
  }

  async function rename(to: string): Promise<void> {
    await ground.cluster.nodes[1].sql(
      `UPDATE instances SET hostname = '${to}' WHERE uuid = '${uuid}'`,
      'nova_cell1',
    );
  }

  it('is waited for by what a run reads', async () => {
    const [, , third] = ground.cluster.nodes;
    const context = await ground.context(third.port);
    const plain = contextFrom(await ground.at(third.port));
    held = await holdBack(third, 1000);
    await rename('new');
    const reading = hostname(context.access, context);
    assert.notEqual(await hostname(plain.access, plain), 'new', 'the node is behind');
    await held.release();
    assert.equal(await reading, 'new');
  });

  it('makes a run hold back before its next unit until it has caught up', async () => {
    const [first, , third] = ground.cluster.nodes;
    const context = await ground.context(first.port);
    const waits: string[] = [];
    const logger = { ...context.logger, info: (message: string) => void waits.push(message) };
    const flow = new FlowControl({ ...context, logger });
    const cell = cellIn(context, 'nova_cell1');
    await flow.ease(cell);
    held = await holdBack(third, 1);
    const writing = (async () => {
      for (let each = 0; each < 20; each += 1) await rename(`new-${each}`);
    })();
    await waitFor(
      'flow control',
      20,
      async () => (await first.status('wsrep_flow_control_active')) === 'true',
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    let eased = false;
    const easing = flow.ease(cell).then(() => {
      eased = true;
    });
    await waitFor('the run to hold back', 20, () => Promise.resolve(waits.length > 1));
    assert.equal(eased, false);
    await held.release();
    await Promise.all([easing, writing]);
  });

  it('holds back nothing where there is no need', async () => {
    const context = await ground.context(ground.cluster.nodes[0].port);
    const waits: string[] = [];
    const logger = { ...context.logger, info: (message: string) => void waits.push(message) };
    const flow = new FlowControl({ ...context, logger });
    for (let each = 0; each < 3; each += 1) await flow.ease(cellIn(context, 'nova_cell1'));
    assert.deepEqual(waits, []);
  });
});
