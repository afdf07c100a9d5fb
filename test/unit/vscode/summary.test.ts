import assert from 'node:assert/strict';
import { readPlan } from '../../../src/app/readPlan';
import { apply as edited } from '../../../src/app/directoryChoice';
import { chosen, doneEdits, isReady, summarize } from '../../../src/vscode/plan/summary';
import { orphan, planText, stuck } from './planText';

const plan = readPlan(planText);

describe('what a run would do, before it is confirmed', () => {
  it('is counted from the plan: rows by database, directories by host, domains', () => {
    const { sections, rows, directories, domains, rowsOnly } = summarize(plan.sections);
    assert.equal(sections, 2);
    assert.deepEqual([...rows], [['nova_cell1', 5]]);
    assert.deepEqual(directories, [
      { host: 'compute-02', then: 'quarantine', count: 1, bytes: 32_641_751_449 },
    ]);
    assert.deepEqual(domains, [{ host: 'compute-02', active: true }]);
    assert.equal(rowsOnly, false);
  });

  it('is about the chosen sections alone', () => {
    const { sections, rows, rowsOnly } = summarize(chosen(plan, [orphan]));
    assert.equal(sections, 1);
    assert.deepEqual([...rows], [['nova_cell1', 3]]);
    assert.equal(rowsOnly, true);
    assert.equal(summarize(chosen(plan, [stuck])).rowsOnly, false);
  });
});

describe('a section', () => {
  const ready = (text: string): boolean[] => readPlan(text).sections.map(isReady);

  it('is not ready while something is to be done by hand', () => {
    assert.deepEqual(ready(planText), [false, true]);
    assert.deepEqual(ready(planText.replace('done="no"', 'done="yes"')), [true, true]);
  });

  it('is not ready while its word is not typed', () => {
    const asking = planText.replace(/-- @manual.*/, '-- @confirm type="0a2d1bf7" typed=""');
    assert.deepEqual(ready(asking), [false, true]);
    assert.deepEqual(ready(asking.replace('typed=""', 'typed="0a2d1bf7"')), [true, true]);
  });
});

describe('a choice that is written into the plan', () => {
  it('marks a manual step as done', () => {
    const at = planText.indexOf('-- @manual') + 3;
    assert.equal(
      edited(planText, doneEdits(planText, plan, at)),
      planText.replace('done="no"', 'done="yes"'),
    );
    assert.deepEqual(doneEdits(planText, plan, 0), []);
  });

  it('is not fooled by an attribute inside a text', () => {
    const text = planText.replace('openstack port delete 1', 'echo done=\\"no\\" done=\\"no');
    const at = text.indexOf('-- @manual');
    assert.equal(
      edited(text, doneEdits(text, readPlan(text), at)),
      text.replace(' done="no"', ' done="yes"'),
    );
  });
});
