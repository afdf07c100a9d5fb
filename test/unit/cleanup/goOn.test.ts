import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { goOnDocument, isOpen } from '../../../src/cleanup/goOn';
import { parse } from '../../../src/cleanup/parse';
import type { Plan, PlanHeader, Step } from '../../../src/model/plan';
import type { Depth } from '../../../src/model/suspect';
import { apiContent, cellContent, inputOf, uuid, withRemedy } from './subjects';

const run = '20261124T101112Z-abcdef';
const head = { id: 'the-rest', run, drafted: '2026-11-24T10:11:12Z' };
const host = 'compute-02';
const path = `/var/lib/nova/instances/${uuid}`;

function planOf(depth: Depth = 'complete'): { text: string; plan: Plan & { header: PlanHeader } } {
  const domains = [{ host, uuid, name: 'd', state: 'running' as const, disks: [] }];
  const directories = [
    { host, uuid, suffix: '' as const, path, bytes: 1, modifiedAt: '2026-11-01T00:00:00Z' },
  ];
  const first = withRemedy({ domains, directories, depth });
  const { text } = draft({ ...inputOf({ ...first, contents: [cellContent, apiContent] }), depth });
  const { header, ...plan } = parse(text);
  assert.ok(header);
  return { text, plan: { ...plan, header } };
}

/** The plan that is left when the first so many steps of the first section are done. */
function restAfter(count: number, depth?: Depth): Plan & { text: string } {
  const { text, plan } = planOf(depth);
  const done = new Set<Step>(plan.sections[0]?.steps.slice(0, count));
  const rest = goOnDocument(text, plan, head, { done, changed: new Map() });
  return { ...parse(rest), text: rest };
}

const errors = ({ problems }: Plan): string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
const steps = ({ sections }: Plan): string[] =>
  (sections[0]?.steps ?? []).map((step) =>
    step.step === 'unit'
      ? `${step.schema} ${step.statements.filter(({ kind }) => kind !== 'select').length}`
      : step.step,
  );

describe('a plan that goes on with a run', () => {
  it('is the reviewed plan, word for word, where nothing was done', () => {
    const { text, plan } = planOf();
    const rest = goOnDocument(text, plan, head, { done: new Set(), changed: new Map() });
    const body = (whole: string): string => whole.slice(whole.indexOf('-- @instance'));
    assert.equal(body(rest), body(text));
    assert.deepEqual(errors(parse(rest)), []);
  });

  it('names the run, and is a plan of its own', () => {
    const { header } = restAfter(1);
    assert.equal(header?.run, run);
    assert.equal(header.id, 'the-rest');
    assert.equal(header.purpose, 'cleanup');
  });

  it('leaves out the steps that were done, says so in their place, and asks for the word', () => {
    const rest = restAfter(2);
    assert.deepEqual(errors(rest), []);
    assert.deepEqual(steps(rest), ['confirm', 'nova_cell1 8', 'nova_api 4']);
    assert.match(rest.text, new RegExp(`^-- done in run ${run}: domain host="compute-02"`, 'm'));
    assert.match(rest.text, new RegExp(`^-- done in run ${run}: directory host="compute-02"`, 'm'));
  });

  it('leaves out sections that were done as a whole', () => {
    const { sections } = restAfter(4);
    assert.deepEqual(
      sections.map((section) => section.uuid),
      [],
    );
  });

  for (const [depth, guard] of [
    ['complete', 'COUNT(*) = 0'],
    ['archive', 'COUNT(*) = 0'],
    ['mark-deleted', 'COUNT(*) = 1'],
  ] as const) {
    it(`changes the API database alone behind the guard that the row is still gone: ${depth}`, () => {
      const rest = restAfter(3, depth);
      assert.deepEqual(errors(rest), []);
      const [cell, api] = rest.sections[0]?.steps ?? [];
      assert.ok(cell?.step === 'unit' && api?.step === 'unit');
      assert.deepEqual(
        cell.statements.map(({ kind }) => kind),
        ['select'],
      );
      assert.ok(cell.statements[0]?.sql.includes(guard));
      assert.equal(cell.row, depth === 'mark-deleted' ? 'deleted' : 'none');
      assert.equal(api.schema, 'nova_api');
    });
  }

  it('may not do that on its own word: without a run the rest of it is refused', () => {
    const alone = restAfter(3).text.replace(` run="${run}"`, '');
    assert.match(errors(parse(alone)).join(), /would stay in its cell/);
  });

  it('takes the lines that are other ones by now', () => {
    const { text, plan } = planOf();
    const [domain] = plan.sections[0]?.steps ?? [];
    assert.ok(domain);
    const line = `-- @domain host="${host}" uuid="${uuid}" state="shut off" then="undefine"`;
    const rest = parse(
      goOnDocument(text, plan, head, { done: new Set(), changed: new Map([[domain, line]]) }),
    );
    const found = rest.sections[0]?.steps.find((step) => step.step === 'domain');
    assert.equal(found?.state, 'shut off');
  });

  it('has nothing left to do when all but guards was done', () => {
    const { plan } = planOf();
    const [section] = plan.sections;
    assert.ok(section);
    assert.equal(isOpen(section, new Set(section.steps.slice(0, 3))), true);
    assert.equal(isOpen(section, new Set(section.steps)), false);
  });
});
