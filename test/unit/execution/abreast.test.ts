import assert from 'node:assert/strict';
import { abreast } from '../../../src/execution/abreast';
import type { ApiRequest } from '../../../src/model/apiRequest';
import type { Section, Step } from '../../../src/model/plan';

const span = { start: 0, end: 0 };
const unit: Step = { step: 'unit', database: 'api', schema: 'nova_api', statements: [], span };
const manual: Step = { step: 'manual', command: 'true', done: true, span };
const frees = api({ do: 'delete-allocations', consumer: 'c' });
const freesOne = api({ do: 'unset-allocation', consumer: 'c', provider: 'p' });

function api(request: ApiRequest): Step {
  return { step: 'api', request, span };
}

function section(uuid: string, ...steps: Step[]): Section {
  const about = { kind: 'orphan-allocation', verdict: 'suspected', depth: 'api' } as const;
  return { uuid, name: '', ...about, steps, span, range: span };
}

function groups(...sections: Section[]): string[] {
  return abreast(sections).map(
    (group) =>
      `${group.sections.map(({ uuid }) => uuid).join(' ')}: ${group.atATime > 1 ? 'abreast' : 'in turn'}`,
  );
}

describe('the sections of a run', () => {
  it('go in turn, but for neighbours that only free what a consumer holds', () => {
    assert.deepEqual(
      groups(
        section('a', unit),
        section('b', frees),
        section('c', manual, frees),
        section('d', freesOne),
        section('e', frees),
      ),
      ['a: in turn', 'b c: abreast', 'd: in turn', 'e: abreast'],
    );
  });

  it('go in turn where rows follow, and where nothing is done', () => {
    assert.deepEqual(groups(section('a', frees, unit), section('b'), section('c', manual)), [
      'a b c: in turn',
    ]);
  });
});
