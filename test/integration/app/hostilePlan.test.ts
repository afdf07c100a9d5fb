import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import { directive, unitDirective } from '../../../src/cleanup/directives';
import { OperatorError } from '../../../src/model/errors';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

describe('a plan that somebody else wrote, for this very cloud', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let before_: string;
  let tree: string;
  let cells: { uuid: string; name: string }[];
  /** a live instance that nothing is wrong with, in the first cell */
  let healthy: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    product = productOn(cloud);
    await product.scan(cloudName);
    const rows = await cloud.sql('SELECT uuid, name FROM cell_mappings', 'nova_api');
    cells = rows.map(([uuid = '', name = '']) => ({ uuid, name }));
    healthy =
      cloud.planted.find(
        ({ expect, mustSurvive, cell }) => expect === 'none' && mustSurvive && cell === 'cell1',
      )?.uuid ?? assert.fail('nothing is healthy');
    [before_, tree] = [await cloud.dump(), await cloud.listTree('compute-01')];
  });

  afterEach(async () => {
    assert.equal(await cloud.dump(), before_);
    assert.equal(await cloud.listTree('compute-01'), tree);
  });

  function planOf(attributes: Readonly<Record<string, string>>, ...sections: readonly string[]): string {
    const head = directive('plan', {
      version: 1,
      cloud: cloudName,
      cells: cells.map(({ uuid }) => uuid),
      id: 'a-plan',
      drafted: '2026-11-23T10:31:07Z',
      scanned: '2026-11-23T10:30:51Z',
      purpose: 'cleanup',
      ...attributes,
    });
    return [head, `SELECT IF(@openstack_zombies_run = 'a-plan', 'ok', ~0 + 1);`, ...sections].join('\n\n');
  }

  /** A section that claims to be sure, with the word typed in. */
  function sectionOf(uuid: string, ...steps: readonly string[]): string {
    const claims = { uuid, name: 'web', kind: 'stuck-deleting', verdict: 'confirmed', depth: 'complete' };
    const word = directive('confirm', { type: uuid.slice(0, 8), typed: uuid.slice(0, 8) });
    return [directive('instance', claims), word, ...steps].join('\n');
  }

  function unitOf(uuid: string, ...statements: readonly string[]): string {
    const cell = cells.find(({ name }) => name === 'cell1')?.uuid ?? '';
    return [
      unitDirective(cell, 'nova_cell1'),
      'START TRANSACTION;',
      `SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_cell1.instances WHERE uuid = '${uuid}' AND deleted = 0 FOR UPDATE;`,
      ...statements,
      `-- @expect rows=1\nUPDATE nova_cell1.instances SET deleted = id, cleaned = 0 WHERE uuid = '${uuid}';`,
      'COMMIT;',
    ].join('\n');
  }

  async function isRefused(text: string, code: string): Promise<void> {
    try {
      const { sections } = await product.run(text);
      assert.ok(sections.length > 0);
      for (const { outcome, problem, steps } of sections) {
        assert.deepEqual([outcome, problem?.code], ['refused', code]);
        assert.ok(steps.every((step) => step.outcome === 'skipped'));
      }
    } catch (error) {
      if (!OperatorError.is(error)) throw error;
      assert.equal(error.code, code, error.message);
    }
  }

  it('marks no healthy instance as deleted: the fresh look finds nothing wrong with it', async () => {
    const text = planOf({}, sectionOf(healthy, unitOf(healthy)));
    assert.deepEqual(product.check(text), []);
    await isRefused(text, 'stale-evidence');
  });

  it('takes no directory of a healthy instance away', async () => {
    const step = directive('directory', {
      host: 'compute-01',
      path: `/var/lib/nova/instances/${healthy}`,
      bytes: 1,
      then: 'delete',
    });
    await isRefused(planOf({}, sectionOf(healthy, step)), 'stale-evidence');
  });

  it('stops no domain of a healthy instance', async () => {
    const step = directive('domain', {
      host: 'compute-01',
      uuid: healthy,
      state: 'running',
      then: 'undefine',
    });
    await isRefused(planOf({}, sectionOf(healthy, step)), 'stale-evidence');
  });

  it('does no more to a zombie than the look asks for', async () => {
    const { suspects } = await product.scan(cloudName);
    const isRowsOnly = ({ verdict, kind, remedy }: Suspect): boolean =>
      verdict === 'confirmed' &&
      kind === 'stuck-deleting' &&
      remedy.domains.length + remedy.directories.length === 0;
    const zombie = suspects.find(isRowsOnly) ?? assert.fail('no zombie of rows alone');
    const { text } = await product.draft(cloudName, [zombie.uuid]);
    const more = directive('directory', {
      host: 'compute-01',
      path: `/var/lib/nova/instances/${zombie.uuid}`,
      bytes: 1,
      then: 'delete',
    });
    await isRefused(fillIn(text).replace('-- @unit', `${more}\n-- @unit`), 'stale-evidence');
  });

  it('runs nothing as the way back of a run that never was', async () => {
    const row = `-- @expect rows=1\nUPDATE nova_cell1.instances SET user_data = NULL WHERE id = 1;`;
    const section = [
      directive('instance', {
        uuid: healthy,
        name: 'web',
        kind: 'restore',
        verdict: 'confirmed',
        depth: 'none',
      }),
      unitDirective(cells.find(({ name }) => name === 'cell1')?.uuid ?? '', 'nova_cell1'),
      `START TRANSACTION;\n${row}\nCOMMIT;`,
    ].join('\n');
    for (const run of ['20261123T103107Z-abcdef', '../../../../tmp', '/tmp']) {
      await isRefused(planOf({ purpose: 'restore', run }, section), 'not-found');
    }
  });

  const uuid = '0a2d1bf7-0000-4000-8000-000000000001';
  for (const [what, statement] of [
    [
      'a second statement in one',
      `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}'; DROP TABLE nova_cell1.tags;`,
    ],
    [
      'a comment that servers run',
      `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}' /*!99999 OR 1 */;`,
    ],
    [
      'a comment that MariaDB runs',
      `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}' /*M!100000 OR 1 */;`,
    ],
    ['dashes that are no comment', `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}' OR 1 --1;`],
    [
      'a condition hidden behind a line separator',
      `DELETE FROM nova_cell1.tags -- \u2028 WHERE resource_id = '${uuid}';`,
    ],
    [
      'a condition that is shown in another order',
      `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}' -- \u202e eurt RO`,
    ],
    ['a way out of a string', `DELETE FROM nova_cell1.tags WHERE resource_id = '${uuid}\\' OR 1 -- ';`],
    ['a file', `SELECT 'x' INTO OUTFILE '/tmp/x';`],
    ['a command of the client', '\\! touch /tmp/x'],
  ] as const) {
    it(`may not hold ${what}`, async () => {
      const text = planOf({}, sectionOf(uuid, unitOf(uuid, `-- @expect rows=1\n${statement}`)));
      assert.notDeepEqual(product.check(text), []);
      await isRefused(text, 'plan-refused');
    });
  }
});
