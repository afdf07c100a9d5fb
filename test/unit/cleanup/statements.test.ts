import assert from 'node:assert/strict';
import { infoCache, refusedIn } from './editing';

describe('a statement is refused', () => {
  const inUnit = (statement: string): string[] => refusedIn('-- tags', `${statement};`);

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
    assert.deepEqual(refusedIn('-- @unit', `${infoCache}\n-- @unit`), [infoCache.slice(0, -1)]);
  });
});
