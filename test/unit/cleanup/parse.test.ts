import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import { edited, errorsOf, infoCache, refusedIn, text } from './editing';
import { cellContent, inputOf, otherUuid, uuid, withRemedy } from './subjects';

describe('a plan that is read', () => {
  const plan = parse(text);

  it('has no problem as it was drafted', () => assert.deepEqual(plan.problems, []));

  it('says what it is for', () => {
    assert.ok(plan.header);
    const { span, ...header } = plan.header;
    const { cloud, cells, id, drafted, scanned } = inputOf();
    assert.deepEqual(header, { version: 1, cloud, cells, id, drafted, scanned, purpose: 'cleanup' });
    assert.ok(text.slice(span.start, span.end).startsWith('-- @plan '));
  });

  it('has a section that reaches to the end', () => {
    const [section] = plan.sections;
    assert.ok(section);
    assert.equal(section.uuid, uuid);
    assert.equal(section.depth, 'complete');
    assert.deepEqual(section.range, { start: text.indexOf('-- @instance'), end: text.length });
  });

  it('has units from @unit to COMMIT, with statements, tables, conditions and counts', () => {
    const unit = plan.sections[0]?.steps.find((step) => step.step === 'unit');
    assert.ok(unit);
    assert.equal(unit.database, cellContent.database);
    const range = text.slice(unit.span.start, unit.span.end);
    assert.ok(range.startsWith('-- @unit cell=') && range.endsWith('COMMIT;'));
    const change = unit.statements.find(({ table }) => table === 'instance_info_caches');
    assert.ok(change);
    assert.deepEqual(
      { ...change, span: text.slice(change.span.start, change.span.end) },
      {
        kind: 'delete',
        sql: infoCache.slice(0, -1),
        table: 'instance_info_caches',
        where: `instance_uuid = '${uuid}'`,
        expect: 1,
        span: infoCache.slice(0, -1),
      },
    );
  });

  it('has the same content whatever stands in prose, in blanks and at the ends of lines', () => {
    const shape = (plan: string): unknown =>
      JSON.stringify(parse(plan).sections, (key, value: unknown) =>
        ['span', 'range', 'sql', 'where'].includes(key) ? 0 : value,
      );
    assert.equal(shape(text.replaceAll('\n', '\r\n')), shape(text));
    assert.equal(
      shape(text.replaceAll('-- tags', '# an operator; wrote "this\n/* and \' that */')),
      shape(text),
    );
    assert.deepEqual(errorsOf(text.replaceAll('\n', '\r\n')), []);
  });
});

describe('what the operator may change', () => {
  for (const spelled of ['#@expect', '# @expect', '--\t@expect', '--   @expect']) {
    it(`the blanks and the kind of the comment that a directive is: ${JSON.stringify(spelled)}`, () => {
      const plan = parse(text.replaceAll('-- @expect', spelled));
      assert.deepEqual(plan.problems, []);
    });
  }

  it('prose, also with what would open a section at the beginning of a line', () => {
    const plan = parse(text.replace('-- why ', '-- as in -- @instance uuid="x"\n-- why '));
    assert.deepEqual(plan.problems, []);
    assert.equal(plan.sections.length, 1);
  });

  it('conditions, counts, more SELECTs of the same schema, fewer statements', () => {
    for (const change of [
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' AND (deleted = 0 OR id IS NOT NULL);`,
      "DELETE FROM `nova_cell1`.`instance_info_caches`\n  where id < 1e3 AND `instance_uuid` = '" +
        uuid +
        "';",
      `UPDATE nova_cell1.instance_info_caches SET network_info = '[]' WHERE instance_uuid = '${uuid}';`,
    ]) {
      assert.deepEqual(refusedIn(infoCache, change), [], change);
    }
    const query =
      'SELECT a.id, COUNT(*) FROM nova_cell1.instances a LEFT JOIN nova_cell1.services s ON s.host = a.host GROUP BY 1;';
    assert.deepEqual(errorsOf(edited('-- tags', query)), []);
    assert.deepEqual(errorsOf(edited(`-- @expect rows=1\n${infoCache}`, '')), []);
  });
});

describe('a plan is refused', () => {
  const count = (from: string, to: string): number => errorsOf(edited(from, to)).length;

  it('with what is not closed', () => {
    assert.ok(errorsOf(`${text}SELECT 'a`).length > 0);
    assert.ok(errorsOf(`${text}/* a`).length > 0);
    assert.ok(errorsOf(`${text}SELECT 1`).length > 0);
    assert.ok(errorsOf(text.slice(0, text.lastIndexOf('COMMIT;'))).length > 0);
    const plan = edited('COMMIT;', '');
    assert.ok(errorsOf(plan).some(({ span }) => plan.slice(span.start).startsWith('-- @unit cell=')));
  });

  it('with directives that are unknown, doubled, incomplete, misplaced or misspelled', () => {
    assert.equal(count('-- tags', '-- @remove host="a"'), 1);
    assert.equal(count('-- tags', '--   @expect rows=1'), 1);
    assert.equal(count('-- tags', '# @instance uuid="x"'), 1);
    assert.ok(count('depth="complete"', '') > 0);
    assert.ok(count('depth="complete"', 'depth="complete" depth="none"') > 0);
    assert.ok(count('depth="complete"', 'depth="complete" force="yes"') > 0);
    assert.ok(count('depth="complete"', 'depth="all"') > 0);
    assert.ok(count('kind="stuck-deleting"', 'kind="toString"') > 0);
    assert.ok(count('-- @expect rows=1', '-- @expect rows=-1') > 0);
    assert.ok(count('START TRANSACTION;', '') > 0);
    assert.ok(count('schema="nova_cell1"', 'schema="nova_cell1" parents="missing"') > 0);
    assert.ok(count('version=1', 'version=2') > 0);
    assert.ok(count('purpose="cleanup"', 'purpose="restore"') > 0);
    assert.equal(errorsOf(text.replace(/^-- @plan.*$/m, (line) => `${line}\n${line}`)).length, 1);
    assert.ok(errorsOf('').length === 1);
    assert.ok(count('START TRANSACTION;', 'START TRANSACTION; -- @expect rows=1') === 1);
  });

  it('with a line for plain clients that is for another plan, or in another place', () => {
    const stop = text.slice(text.indexOf('SELECT IF(@'), text.indexOf(';') + 1);
    assert.equal(errorsOf(edited(stop, stop.replace("= '", "= 'x"))).length, 1);
    assert.equal(errorsOf(text + stop).length, 1);
    assert.deepEqual(
      parse(edited(stop, '')).problems.map(({ severity }) => severity),
      ['warning'],
    );
  });

  it('with two sections of one instance, or two transactions in one database', () => {
    const section = text.slice(text.indexOf('-- @instance'));
    assert.equal(errorsOf(text + section).length, 1);
    const unit = section.slice(section.indexOf('-- @unit cell'), section.indexOf('COMMIT;') + 7);
    assert.equal(errorsOf(edited(unit, `${unit}\n${unit}`)).length, 1);
  });

  it('with steps in another order, or of another instance', () => {
    const domain = (id: string): string =>
      `-- @domain host="a" uuid="${id}" state="running" then="undefine"\n`;
    const directory = (path: string): string =>
      `-- @directory host="a" path="${path}" bytes=1 then="delete"\n`;
    assert.equal(count('-- @unit cell', `${domain(uuid)}${directory(`/i/${uuid}_resize`)}-- @unit cell`), 0);
    assert.equal(count('-- @unit cell', `${directory(`/i/${uuid}`)}${domain(uuid)}-- @unit cell`), 1);
    assert.equal(count('-- @unit database', `${directory(`/i/${uuid}`)}-- @unit database`), 1);
    assert.equal(count('-- @unit cell', `${domain(otherUuid)}-- @unit cell`), 1);
    for (const path of ['/i/_base', `/i/../${uuid}`, `i/${uuid}`, `/i/${otherUuid}`, `/i/${uuid}/`, '/']) {
      assert.equal(count('-- @unit cell', `${directory(path)}-- @unit cell`), 1, path);
    }
  });

  it('with what shows another text than the one that runs', () => {
    for (const mark of ['\u0000', '\u202e', '\u2028', '\u0085', '\u001b', 'a\rb']) {
      assert.equal(count('-- tags', `-- ${mark}`), 1, JSON.stringify(mark));
    }
  });

  it('with more problems than are listed, as a whole', () => {
    const problems = errorsOf(text + 'x;'.repeat(5000));
    assert.equal(problems.length, 1001);
    assert.deepEqual(problems[0]?.span, { start: 0, end: 0 });
  });
});

describe('a section waits', () => {
  it('for the typed word and for what is done by hand', () => {
    const manual = [{ command: 'openstack port delete 1', why: 'a port' }];
    const plan = draft(inputOf(withRemedy({ wanted: false, manual }))).text;
    const warnings = parse(plan).problems;
    assert.deepEqual(
      warnings.map(({ severity }) => severity),
      ['warning', 'warning'],
    );
    const ready = plan.replace('typed=""', 'typed="0a2d1bf7"').replace('done="no"', 'done="yes"');
    assert.deepEqual(parse(ready).problems, []);
    assert.equal(parse(plan.replace('typed=""', 'typed="0A2D1BF7"')).problems.length, 2);
    assert.equal(errorsOf(plan.replace('type="0a2d1bf7"', 'type=""')).length, 1);
  });

  it('and can not lose its word while it is only suspected', () => {
    const plan = draft(inputOf(withRemedy({}, { verdict: 'suspected' }))).text;
    assert.deepEqual(errorsOf(plan), []);
    assert.equal(errorsOf(plan.replace(/^-- @confirm.*\n/m, '')).length, 1);
  });
});
