import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { runUnit, type StepResult } from '../../../src/execution/unit';
import { OperatorError } from '../../../src/model/errors';
import type { Section, UnitStep } from '../../../src/model/plan';
import type { Depth } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { contextOn } from '../execution/bench';
import { sharedCloud } from '../sharedCloud';
import { apisOf, cloudName, productOn } from './product';

/**
 * The lock of a run is only one server's: of two runs that meet at different nodes of a cluster, the rows themselves
 * must stop the second.
 */
describe('a transaction of a plan', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;

  before(async () => {
    cloud = await sharedCloud();
  });

  async function drafted(depth?: Depth): Promise<{ section: Section; unit: UnitStep }[]> {
    await cloud.reset();
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    const product = productOn(cloud, apisOf(cloud));
    const { suspects } = await product.scan(cloudName);
    const uuids = suspects.map(({ uuid }) => uuid);
    const { text } = await product.draft(cloudName, uuids, depth === undefined ? {} : { depth });
    return parse(text).sections.flatMap((section) =>
      section.steps.flatMap((unit) => (unit.step === 'unit' && changes(unit) ? [{ section, unit }] : [])),
    );
  }

  function run(section: Section, unit: UnitStep): Promise<StepResult> {
    return runUnit(section, unit, context, journal);
  }

  for (const depth of [undefined, 'complete', 'archive'] as const) {
    it(`is done once, whatever the kind, at depth ${depth ?? 'of its own'}: a second run finds its rows otherwise`, async () => {
      const units = await drafted(depth);
      assert.ok(new Set(units.map(({ section }) => section.kind)).size > 10);
      const wrong: unknown[] = [];
      for (const { section, unit } of units) {
        const first = await run(section, unit);
        const second = await run(section, unit);
        const stopped =
          OperatorError.is(second.error, 'guard-unmet') || OperatorError.is(second.error, 'unexpected-count');
        if (first.outcome !== 'done' || second.outcome !== 'rolled-back' || !stopped) {
          wrong.push([
            section.kind,
            section.depth,
            unit.schema,
            first.outcome,
            String(first.error),
            String(second.error),
          ]);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
});

function changes({ statements }: UnitStep): boolean {
  return statements.some(({ kind }) => kind !== 'select');
}
