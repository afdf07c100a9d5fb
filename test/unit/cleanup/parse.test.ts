import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { Problem } from '../../../src/model/plan';
import { cellContent, inputOf, otherUuid, subject, uuid, withRemedy } from './subjects';

const text = draft({ ...inputOf(subject), depth: 'complete' }).text;
const infoCache = `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}';`;
const events = `DELETE FROM nova_cell1.instance_actions_events WHERE action_id IN (101, 102);`;
const firstGuard = text.slice(
  text.indexOf('SELECT IF(COUNT'),
  text.indexOf('FOR UPDATE;') + 'FOR UPDATE;'.length,
);

function edited(from: string, to: string): string {
  assert.ok(text.includes(from), `the plan has ${from}`);
  return text.replace(from, () => to);
}

function errorsOf(plan: string): Problem[] {
  return parse(plan).problems.filter(({ severity }) => severity === 'error');
}

/** The texts that the errors point at, after the change that cleans the network cache was replaced. */
function refusals(change: string): string[] {
  const plan = edited(infoCache, change);
  return errorsOf(plan).map(({ span }) => plan.slice(span.start, span.end));
}

function refused(change: string, at: string): void {
  const places = refusals(change);
  assert.ok(places.includes(at), `${JSON.stringify(places)} holds ${JSON.stringify(at)}`);
}

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
  it('conditions, counts, more SELECTs of the same schema, fewer statements', () => {
    for (const change of [
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' AND (deleted = 0 OR id IS NOT NULL);`,
      "DELETE FROM `nova_cell1`.`instance_info_caches`\n  where id < 1e3 AND `instance_uuid` = '" +
        uuid +
        "';",
      `UPDATE nova_cell1.instance_info_caches SET network_info = '[]' WHERE instance_uuid = '${uuid}';`,
    ]) {
      assert.deepEqual(refusals(change), [], change);
    }
    const query =
      'SELECT a.id, COUNT(*) FROM nova_cell1.instances a LEFT JOIN nova_cell1.services s ON s.host = a.host GROUP BY 1;';
    assert.deepEqual(errorsOf(edited('-- tags', query)), []);
    assert.deepEqual(errorsOf(edited(`-- @expect rows=1\n${infoCache}`, '')), []);
  });
});

describe('a change is refused', () => {
  it('without a condition, or with one that reaches further than the instance', () => {
    refused('DELETE FROM nova_cell1.instance_info_caches;', 'DELETE');
    refused('DELETE FROM nova_cell1.instance_info_caches WHERE 1 = 1;', 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' OR 1 = 1;`, 'OR');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE 1 || instance_uuid = '${uuid}';`, '|');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE 1 XOR instance_uuid = '${uuid}';`, 'XOR');
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE id BETWEEN 1 AND instance_uuid = '${uuid}';`,
      'BETWEEN',
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE CASE WHEN 1 THEN 1 AND instance_uuid = '${uuid}' AND 1 ELSE 1 END;`,
      'CASE',
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' IS NOT NULL;`,
      'DELETE',
    );
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE NOT instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' '';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE deleted = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid >= '${uuid}';`, 'DELETE');
  });

  it('with the UUID of another instance, in any case', () => {
    const condition = `instance_uuid = '${uuid}' AND id IN (SELECT id FROM nova_cell1.instances WHERE uuid = '${otherUuid.toUpperCase()}')`;
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE ${condition};`,
      `'${otherUuid.toUpperCase()}'`,
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${otherUuid}';`,
      `'${otherUuid}'`,
    );
  });

  it('with ORDER BY, LIMIT or RETURNING', () => {
    const change = infoCache.slice(0, -1);
    refused(`${change} ORDER BY id;`, 'ORDER');
    refused(`${change} LIMIT 1;`, 'LIMIT');
    refused(`${change} RETURNING id;`, 'RETURNING');
  });

  it('of several tables', () => {
    refused(`DELETE a FROM nova_cell1.instance_info_caches a WHERE a.instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.tags, nova_cell1.instances USING nova_cell1.tags WHERE 1;`, 'DELETE');
    refused(
      `UPDATE nova_cell1.tags, nova_cell1.instances SET tag = 1 WHERE instance_uuid = '${uuid}';`,
      'UPDATE',
    );
    refused(
      `UPDATE nova_cell1.tags JOIN nova_cell1.instances SET tag = 1 WHERE instance_uuid = '${uuid}';`,
      'UPDATE',
    );
    refused(`DELETE IGNORE FROM nova_cell1.tags WHERE resource_id = '${uuid}';`, 'DELETE');
  });

  it('of a table that is not known to belong to instances', () => {
    refused(`DELETE FROM nova_cell1.services WHERE instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.shadow_instances WHERE uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_mappings WHERE instance_uuid = '${uuid}';`, 'DELETE');
  });

  it('outside of the schema of its unit, at any depth', () => {
    refused(`DELETE FROM nova_cell2.instance_info_caches WHERE instance_uuid = '${uuid}';`, 'nova_cell2');
    refused(`DELETE FROM instance_info_caches WHERE instance_uuid = '${uuid}';`, 'instance_info_caches');
    refused(
      `UPDATE nova_cell1.tags SET tag = (SELECT 1 FROM (SELECT 1 FROM mysql.user) x) WHERE resource_id = '${uuid}';`,
      'mysql',
    );
  });

  it('without a count, with two statements for one, or with a count for a SELECT', () => {
    assert.equal(errorsOf(edited(`-- @expect rows=1\n${infoCache}`, infoCache)).length, 1);
    assert.equal(errorsOf(edited(infoCache, `${infoCache}\n${infoCache}`)).length, 1);
    refused('SELECT 1;', '-- @expect rows=1');
    refused('', '-- @expect rows=1');
  });

  it('that inserts rows, or copies them elsewhere than to their shadow table', () => {
    refused(`INSERT INTO nova_cell1.tags (resource_id) VALUES ('${uuid}');`, 'INSERT');
    refused(
      `INSERT INTO nova_cell1.tags (tag) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}';`,
      'INSERT',
    );
    refused(
      `INSERT INTO nova_cell1.shadow_instances (id) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}' UNION SELECT 1;`,
      'UNION',
    );
    refused(
      `INSERT IGNORE INTO nova_cell1.shadow_tags (tag) SELECT tag FROM nova_cell1.tags WHERE resource_id = '${uuid}';`,
      'INSERT',
    );
    refused(
      `INSERT INTO nova_cell1.shadow_instances (id) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}' ON DUPLICATE KEY UPDATE id = 1;`,
      'DUPLICATE',
    );
  });

  it('through another table, unless a guard proves that the ids are its own', () => {
    assert.equal(errorsOf(edited(events, events.replace('101, 102', '101, 102, 103'))).length, 1);
    assert.equal(errorsOf(text.replaceAll('IN (101, 102)', 'IN (101, 102, 103)')).length, 1);
    assert.equal(errorsOf(edited('AND id IN (101, 102)', 'OR id IN (101, 102)')).length, 1);
  });

  it('without a guard on the reviewed state before it', () => {
    assert.equal(errorsOf(edited(firstGuard, '')).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replaceAll(uuid, 'x'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('id = 29', 'id = 29 OR 1'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('~0 + 1', '1'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('\n  FOR UPDATE', ''))).length, 1);
  });

  it('of an instance whose verdict allows none', () => {
    assert.equal(errorsOf(edited('verdict="confirmed"', 'verdict="unknown"')).length, 2);
    assert.equal(errorsOf(edited('verdict="confirmed"', 'verdict="legitimate"')).length, 2);
  });
});

describe('a statement is refused', () => {
  const inUnit = (statement: string): string[] => {
    const plan = edited('-- tags', `${statement};`);
    return errorsOf(plan).map(({ span }) => plan.slice(span.start, span.end));
  };

  it('when it is no SELECT and no change', () => {
    for (const statement of [
      'DROP TABLE nova_cell1.instances',
      'TRUNCATE nova_cell1.instances',
      'SET FOREIGN_KEY_CHECKS = 0',
      'ROLLBACK',
      'BEGIN',
      'START TRANSACTION',
      'SAVEPOINT a',
      'LOCK TABLES nova_cell1.tags WRITE',
      'CALL nova_cell1.a()',
      'REPLACE INTO nova_cell1.tags VALUES (1)',
      'WITH a AS (SELECT 1) SELECT 1',
      'GRANT ALL ON *.* TO a',
      'LOAD DATA INFILE 1',
      'PREPARE a FROM 1',
      'HANDLER a OPEN',
      'DO SLEEP(1)',
      '(SELECT 1)',
      'EXPLAIN SELECT 1',
      'COMMIT AND CHAIN',
      'VALUES (1)',
      'TABLE nova_cell1.tags',
    ]) {
      assert.ok(inUnit(statement).length > 0, statement);
    }
  });

  it('when it writes files, waits, locks, calls, or uses variables', () => {
    for (const [statement, at] of [
      ["SELECT 1 INTO OUTFILE '/tmp/a'", 'INTO'],
      ["SELECT 1 INTO DUMPFILE '/tmp/a'", 'DUMPFILE'],
      ['SELECT 1 INTO @a', '@a'],
      ['SELECT @a := 1', ':='],
      ['SELECT @@hostname', '@@hostname'],
      ['SELECT SLEEP(1)', 'SLEEP'],
      ['SELECT sleep /* now */ (1)', 'sleep'],
      ['SELECT `sleep`(1)', '`sleep`'],
      ["SELECT GET_LOCK('a', 1)", 'GET_LOCK'],
      ["SELECT LOAD_FILE('/etc/passwd')", 'LOAD_FILE'],
      ['SELECT BENCHMARK(1, 1)', 'BENCHMARK'],
      ['SELECT nova_cell1.count(1)', 'count'],
      ['SELECT NEXT VALUE FOR nova_cell1.a', 'NEXT'],
      ['SELECT 1 PROCEDURE ANALYSE()', 'PROCEDURE'],
    ] as const) {
      assert.ok(inUnit(statement).includes(at), `${statement}: ${JSON.stringify(inUnit(statement))}`);
    }
  });

  it('when it reads outside of its schema, however the table is named', () => {
    for (const [statement, at] of [
      ['SELECT 1 FROM mysql.user', 'mysql'],
      ['SELECT 1 FROM user', 'user'],
      ['SELECT 1 FROM nova_cell1.tags, mysql.user', 'mysql'],
      ['SELECT 1 FROM (nova_cell1.tags, (mysql.user))', 'mysql'],
      ['SELECT 1 FROM nova_cell1.tags JOIN nova_cell1.tags b ON b.tag = 1, mysql.user', 'mysql'],
      ['SELECT 1 FROM nova_cell1.tags STRAIGHT_JOIN mysql.user', 'mysql'],
      ['SELECT 1 FROM nova_cell1.tags WHERE 1 IN (SELECT 1 FROM mysql.user)', 'mysql'],
      ['SELECT 1.FROM mysql.user', 'FROM'],
      ['SELECT 1 FROM nova_cell1.tags a JOIN nova_cell1.tags b ON a.limit = 1, mysql.user', 'limit'],
      ['SELECT 1 FROM nova_cell1.tags UNION SELECT 1 FROM mysql.user', 'mysql'],
      ['SELECT 1 FROM nova_cell1.tags.x', 'nova_cell1'],
      ['SELECT 1 FROM nova_cell1.tags WHERE 1 = ANY (TABLE mysql.user)', 'TABLE'],
    ] as const) {
      assert.ok(inUnit(statement).includes(at), `${statement}: ${JSON.stringify(inUnit(statement))}`);
    }
  });

  it('when it depends on the sql_mode, or hides what a server executes', () => {
    for (const [statement, at] of [
      ["SELECT 'a\\'", "'a\\'"],
      ['SELECT "a"', '"a"'],
      ['SELECT 1 /*! INTO @a */', '/*! INTO @a */'],
      ['SELECT 1 /*M!100100 INTO @a */', '/*M!100100 INTO @a */'],
      ['SELECT /*+ SET_VAR(foreign_key_checks=0) */ 1', '/*+ SET_VAR(foreign_key_checks=0) */'],
      ['SELECT 1 {oj', '{'],
    ] as const) {
      assert.ok(
        inUnit(statement).some((place) => place.startsWith(at)),
        `${statement}: ${JSON.stringify(inUnit(statement))}`,
      );
    }
  });

  it('outside of a unit', () => {
    const plan = edited('-- @unit', `${infoCache}\n-- @unit`);
    assert.deepEqual(
      errorsOf(plan).map(({ span }) => plan.slice(span.start, span.end)),
      [infoCache.slice(0, -1)],
    );
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
    assert.ok(count('version=1', 'version=2') > 0);
    assert.ok(count('purpose="cleanup"', 'purpose="restore"') > 0);
    assert.equal(errorsOf(text.replace(/^-- @plan.*$/m, (line) => `${line}\n${line}`)).length, 1);
    assert.ok(errorsOf('').length === 1);
    assert.ok(count('START TRANSACTION;', 'START TRANSACTION; -- @expect rows=1') === 1);
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
