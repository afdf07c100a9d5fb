import assert from 'node:assert/strict';
import { activeSteps, runSteps } from '../../../src/execution/section';
import type { Section, Step } from '../../../src/model/plan';
import type { StepOutcome } from '../../../src/model/report';

const span = { start: 0, end: 0 };
const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
const unit: Step = { step: 'unit', database: 'cell', schema: 'nova', statements: [], span };
const domain: Step = { step: 'domain', host: 'h', uuid, state: 'running', span };
const directory: Step = { step: 'directory', host: 'h', path: '/p', bytes: 0, then: 'quarantine', span };

function section(...steps: Step[]): Section {
  return {
    uuid,
    name: '',
    kind: 'stuck-deleting',
    verdict: 'confirmed',
    depth: 'complete',
    steps,
    span,
    range: span,
  };
}

async function outcomeOf(...outcomes: StepOutcome[]): Promise<StepOutcome> {
  const left = [...outcomes];
  const runStep = () => {
    const outcome = left.shift() ?? 'done';
    return Promise.resolve({
      outcome,
      reports: [],
      ...(outcome === 'done' ? {} : { error: new Error(outcome) }),
    });
  };
  const report = await runSteps(
    section(domain, directory, unit),
    runStep,
    ({ error }) => error === undefined,
  );
  return report.outcome;
}

describe('the steps of a section', () => {
  it('go domain, directory, rows, whatever their order in the text', () => {
    const steps = activeSteps(
      section(unit, directory, { step: 'confirm', type: '', typed: '', span }, domain),
    );
    assert.deepEqual(
      steps.map(({ step }) => step),
      ['domain', 'directory', 'unit'],
    );
  });

  it('keep the order of units, in which the mapping is the last', () => {
    const api: Step = { ...unit, database: 'api' };
    assert.deepEqual(activeSteps(section(unit, api)), [unit, api]);
  });

  it('are done when all are', async () => {
    assert.equal(await outcomeOf(), 'done');
  });

  it('are rolled back, or refused, as long as nothing stands', async () => {
    assert.equal(await outcomeOf('rolled-back'), 'rolled-back');
    assert.equal(await outcomeOf('refused'), 'refused');
  });

  it('have failed when a part of them stands', async () => {
    assert.equal(await outcomeOf('done', 'rolled-back'), 'failed');
    assert.equal(await outcomeOf('done', 'refused'), 'failed');
  });

  it('are unknown when one of them is', async () => {
    assert.equal(await outcomeOf('done', 'done', 'unknown'), 'unknown');
  });
});
