import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import { TypedPlan } from '../../../src/vscode/plan/typedPlan';
import { planText } from './planText';

describe('a plan that is typed', () => {
  const typed = (): TypedPlan => new TypedPlan({ version: 1, getText: () => planText });

  it('is read as the document is', async () => {
    assert.deepEqual(await typed().plan(), parse(planText));
  });

  it('is told with every edit that came while it was read, one after the other', async () => {
    const plan = typed();
    const asked = plan.plan();
    const rangeOffset = planText.indexOf('WHERE');
    plan.follow(2, [{ rangeOffset, rangeLength: 0, text: "'" }]);
    plan.follow(3, [
      { rangeOffset, rangeLength: 1, text: '' },
      { rangeOffset: 0, rangeLength: 0, text: '-- mine\n' },
    ]);
    assert.equal(plan.version, 3);
    assert.deepEqual(await asked, parse(`-- mine\n${planText}`));
  });
});
