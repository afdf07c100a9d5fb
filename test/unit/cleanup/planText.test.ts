import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draft } from '../../../src/cleanup/draft';
import { headerOf, parse } from '../../../src/cleanup/parse';
import type { Work } from '../../../src/model/work';
import { PlanText, type TextEdit } from '../../../src/cleanup/planText';
import { inputOf, subject, withRemedy } from './subjects';

const uuids = [
  '0a2d1bf7-982c-4034-9713-566d58ced0c4',
  '1b3e2c08-982c-4034-9713-566d58ced0c4',
  '2c4f3d19-982c-4034-9713-566d58ced0c4',
];

const [first = '', ...others] = uuids.map(planOf);
/** Three sections below one header. */
const text = first + others.map((other) => other.slice(other.indexOf('-- @instance '))).join('\n');

function planOf(uuid: string): string {
  const input = inputOf(withRemedy({ depth: 'complete' }));
  return draft(input).text.replaceAll(subject.suspect.uuid, uuid);
}

function apply(before: string, { offset, removed, inserted }: TextEdit): string {
  return before.slice(0, offset) + inserted + before.slice(offset + removed);
}

const piece = fc.constantFrom(
  ...["'", '"', '`', ';', '--', ' ', '\n', '/*', '*/', '#', '\r', '\u202e', 'x', ''],
  ...['\n-- @instance ', '-- @instance', '\n-- @plan version=1', 'COMMIT;', '\n-- @expect rows=1\n'],
  ...[text.slice(0, text.indexOf('-- @instance ')), text.slice(-400)],
);

/** Anywhere, and more often where sections and the header begin and end. */
const place = fc.oneof(
  fc.nat(),
  fc
    .tuple(
      fc.constantFrom('-- @instance ', ' id="', '-- @unit', 'COMMIT;\n'),
      fc.nat(3),
      fc.integer({ min: -2, max: 15 }),
    )
    .map(([word, count, by]) => Math.max(0, placesOf(word)[count % placesOf(word).length] ?? 0) + by),
);

function placesOf(word: string): number[] {
  return [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => index);
}

/** What the work gives, and how often others could have been let in. */
function counted<T>(work: Work<T>): { steps: number; value: T } {
  for (let steps = 0; ; steps++) {
    const step = work.next();
    if (step.done === true) return { steps, value: step.value };
  }
}

describe('the text of a plan that is typed', () => {
  it('is read section by section, and is the same as when it is read at once', () => {
    const { steps, value } = counted(PlanText.reading(text));
    assert.ok(steps > uuids.length, `${steps} steps`);
    assert.deepEqual(value.plan, parse(text));
  });

  it('is read in steps where a quote stays open to its end', () => {
    const many = first + others.join('\n').repeat(100).replaceAll('-- @plan', '-- plan');
    const typed = new PlanText(many);
    const edit = { offset: many.indexOf('WHERE'), removed: 0, inserted: "'" };
    const { steps } = counted(typed.editing(edit));
    assert.ok(steps > 20, `${steps} steps`);
    assert.deepEqual(typed.plan, parse(apply(many, edit)));
  });

  it('has its header at its head, whatever stands below', () => {
    assert.deepEqual(headerOf(text), parse(text).header);
    assert.deepEqual(headerOf(text.replace('COMMIT;', "COMMIT; '")), parse(text).header);
    assert.equal(headerOf(`/* ${text}`), undefined);
    assert.equal(headerOf(''), undefined);
  });

  it('is read as if it had been there from the beginning, whatever is typed', () => {
    const edit = fc.record({
      at: place,
      removed: fc.oneof(fc.nat(3), fc.nat(900)),
      inserted: piece,
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const typed = new PlanText(text);
        let now = text;
        for (const { at, removed, inserted } of edits) {
          const offset = Math.max(0, at) % (now.length + 1);
          const change = { offset, removed: Math.min(removed, now.length - offset), inserted };
          typed.edit(change);
          now = apply(now, change);
          assert.deepEqual(typed.plan, parse(now));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('hides what stands in a comment until that is closed', () => {
    const typed = new PlanText(text);
    const offset = text.indexOf('START TRANSACTION');
    typed.edit({ offset, removed: 0, inserted: '/*' });
    assert.deepEqual(
      typed.plan.sections.map(({ uuid }) => uuid),
      uuids.slice(0, 1),
    );
    typed.edit({ offset: offset + 2, removed: 0, inserted: '*/' });
    assert.deepEqual(
      typed.plan.sections.map(({ uuid }) => uuid),
      uuids,
    );
  });

  it('is read by the rules of another purpose when the header says so', () => {
    const typed = new PlanText(text);
    const edit = { offset: text.indexOf(' id="'), removed: 0, inserted: ' purpose="restore"' };
    typed.edit(edit);
    assert.ok(typed.plan.problems.length > 0);
    assert.deepEqual(typed.plan, parse(apply(text, edit)));
  });

  it('is read anew only where it is touched', () => {
    const typed = new PlanText(text);
    const before = typed.plan.sections;
    typed.edit({ offset: text.lastIndexOf('-- @unit'), removed: 0, inserted: '-- a remark\n' });
    assert.equal(typed.plan.sections[0], before[0]);
    assert.equal(typed.plan.sections[1], before[1]);
    assert.notEqual(typed.plan.sections[2], before[2]);
  });
});
