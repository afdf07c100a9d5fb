import assert from 'node:assert/strict';
import { readPlan } from '../../../src/app/readPlan';
import type { RunReport } from '../../../src/model/report';
import { Rehearsals, type Standing } from '../../../src/vscode/plan/rehearsals';
import { dryRun } from './dryRun';
import { orphan, planText, stuck } from './planText';

const problem = { code: 'guard-unmet', message: 'It changed.', action: 'Scan again.' } as const;

describe('the text of a plan and its dry run', () => {
  let rehearsals: Rehearsals;

  beforeEach(() => {
    rehearsals = new Rehearsals();
  });

  const note = (text: string, report: RunReport): void => {
    rehearsals.note(readPlan(text), text, report);
  };
  const standings = (text: string): Standing[] => {
    const plan = readPlan(text);
    return plan.sections.map((section) => rehearsals.standing(plan, text, section));
  };

  it('are the same until it is edited, section by section', () => {
    assert.deepEqual(standings(planText), ['never', 'never']);
    note(planText, dryRun([stuck, orphan]));
    assert.deepEqual(standings(planText), ['rehearsed', 'rehearsed']);
    assert.deepEqual(standings(planText.replace('rows=3', 'rows=4')), ['rehearsed', 'changed']);
    const shortened = planText.slice(0, planText.indexOf(`-- @instance uuid="${orphan}"`));
    assert.deepEqual(standings(shortened), ['rehearsed']);
  });

  it('differ in all sections when the plan is turned to other cells', () => {
    note(planText, dryRun([stuck, orphan]));
    const turned = planText.replace(/cells=\[.*?\]/, 'cells=[]');
    assert.deepEqual(standings(turned), ['changed', 'changed']);
  });

  it('are the same when what is asked for is typed or marked as done', () => {
    note(planText, dryRun([stuck, orphan]));
    assert.deepEqual(standings(planText.replace('done="no"', 'done="yes"')), ['rehearsed', 'rehearsed']);
  });

  it('are of one section where only that was dry-run', () => {
    note(planText, dryRun([orphan]));
    assert.deepEqual(standings(planText), ['never', 'rehearsed']);
    note(planText, dryRun([stuck]));
    assert.deepEqual(standings(planText), ['rehearsed', 'rehearsed']);
  });

  it('do not count where the dry run met a problem, or did not come to the end', () => {
    note(planText, dryRun([stuck], { problem }));
    note(planText, dryRun([orphan], { outcome: 'skipped' }));
    assert.deepEqual(standings(planText), ['never', 'never']);
  });

  it('are nothing to a plan of another id', () => {
    note(planText, dryRun([stuck, orphan]));
    assert.deepEqual(standings(planText.replace(/ id="3c/, ' id="4c')), ['never', 'never']);
  });
});
