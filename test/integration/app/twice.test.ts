import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { runUnit, type StepResult } from '../../../src/execution/unit';
import { OperatorError } from '../../../src/model/errors';
import type { Section, UnitStep } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { contextOn } from '../execution/bench';
import { sharedCloud } from '../sharedCloud';
import { cloudName, productOn } from './product';

/**
 * The lock of a run is only one server's: of two runs that meet at different nodes of a cluster, the rows themselves
 * must stop the second.
 */
describe('a transaction of a plan', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let units: { section: Section; unit: UnitStep }[];

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    const product = productOn(cloud);
    const { suspects } = await product.scan(cloudName);
    const draft = await product.draft(
      cloudName,
      suspects.map(({ uuid }) => uuid),
    );
    units = parse(draft.text).sections.flatMap((section) =>
      section.steps.flatMap((unit) => (unit.step === 'unit' && changes(unit) ? [{ section, unit }] : [])),
    );
  });

  function run(section: Section, unit: UnitStep): Promise<StepResult> {
    return runUnit(section, unit, context, journal);
  }

  it('that changes anything is done once: a second run finds its rows otherwise, whatever the kind', async () => {
    const kinds = new Set(units.map(({ section }) => `${section.kind} ${section.depth}`));
    assert.ok(kinds.size > 10, [...kinds].join());
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
});

function changes({ statements }: UnitStep): boolean {
  return statements.some(({ kind }) => kind !== 'select');
}
