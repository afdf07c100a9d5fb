import assert from 'node:assert/strict';
import type { CloudAccess } from '../../../src/cloud/access';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { everySign } from './signs/everySign';

describe('a cell that is read over two sessions', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  /** How often each cell was opened, with a server that gives so many sessions. */
  async function look(sessions: number): Promise<{ seen: Survey; opened: readonly number[] }> {
    const opened = new Map<string, number>();
    const whole = accessTo(cloud);
    const access: CloudAccess = {
      ...whole,
      openCell: (cell, signal, use) => {
        const count = (opened.get(cell.uuid) ?? 0) + 1;
        opened.set(cell.uuid, count);
        return count > sessions
          ? Promise.reject(new Error('too many sessions'))
          : whole.openCell(cell, signal, use);
      },
    };
    const seen = await survey(access, { ...options, signs: everySign, onlyHosts: [] });
    return { seen, opened: [...opened.values()] };
  }

  const shown = ({ glimpses }: Survey): string[] =>
    [...glimpses.values()]
      .map(({ uuid, liveRows, leftovers, signs }) =>
        JSON.stringify([
          uuid,
          liveRows.length,
          leftovers.map(({ table }) => table).sort(),
          [...signs].sort(),
        ]),
      )
      .sort();

  it('shows what it shows over one, which is enough where the server gives no second', async () => {
    const [two, one] = [await look(2), await look(1)];
    assert.deepEqual(two.opened, [2, 2, 2]);
    assert.ok(one.seen.scene.sources.every(({ kind, complete }) => kind !== 'cell' || complete));
    assert.ok(shown(two.seen).length > 50);
    assert.deepEqual(shown(one.seen), shown(two.seen));
  });
});
