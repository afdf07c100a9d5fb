import assert from 'node:assert/strict';
import { edited, errorsOf, infoCache, refusedIn, text } from './editing';
import { uuid } from './subjects';

const where = (more: string): string =>
  `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' AND ${more};`;

describe('text that servers take apart in another place than the eye', () => {
  it('is refused: a number and a word that touch', () => {
    for (const condition of [
      '0e1OR deleted >= 0',
      '0e+1OR deleted >= 0',
      '0.5OR deleted >= 0',
      '.5OR deleted >= 0',
      '5.OR deleted >= 0',
      '1.e1OR deleted >= 0',
      '.5e1XOR deleted >= 0',
      'deleted = 0.5OR 1',
      'id .5OR 1',
      'id.5OR = 1',
      '`id`.5OR 1',
      "0x41'x' = 1",
      "1'x' = 1",
      '1`x` = 1',
      '1e = 1',
      '1abc = 1',
      '0x1g = 1',
      '0X41 = 1',
      '0b12 = 1',
      '1.5.5 = 1',
      '1..5 = 1',
    ]) {
      assert.notDeepEqual(refusedIn(infoCache, where(condition)), [], condition);
    }
    for (const query of ['SELECT 1.5FROM mysql.user', 'SELECT 1e1FROM mysql.user', 'SELECT .5INTO @a']) {
      assert.notDeepEqual(refusedIn('-- tags', `${query};`), [], query);
    }
  });

  it('is refused: two dashes that look like a comment and are none', () => {
    assert.ok(refusedIn(infoCache, where('deleted = 0 --OR 1')).includes('--'));
    assert.deepEqual(refusedIn(infoCache, where('deleted = 1--1')), ['--']);
  });

  it('is refused: dollar signs that may quote', () => {
    assert.notDeepEqual(refusedIn(infoCache, where('($$) = $$a$$')), []);
    assert.notDeepEqual(refusedIn(infoCache, where('$a$ OR $a$ = 1')), []);
  });

  it('is no keyword when its letters only look like one in upper case', () => {
    const plan = edited('WHERE action_id IN (101, 102)', 'WHERE action_id \u0131N (101, 102)');
    assert.notDeepEqual(errorsOf(plan), []);
  });
});

describe('a number', () => {
  it('may be written in every way that is one number for every server', () => {
    for (const value of [
      '29',
      '1.5',
      '.5',
      '5.',
      '1e10',
      '1E-10',
      '1.5e+3',
      '0x1F',
      '0b101',
      '-1',
      "x'1f'",
      '(2)',
    ]) {
      assert.deepEqual(refusedIn(infoCache, where(`deleted <> ${value}`)), [], value);
    }
    assert.deepEqual(refusedIn(infoCache, where("deleted IN (1,2.5,3)AND'a'='a'")), []);
  });
});

describe('the number of rows that a guard counts', () => {
  it('is written in plain digits', () => {
    const guard = 'SELECT IF(COUNT(*) = 1,';
    for (const number of ["'0x1'", "'1'", '0x1', '1e0', '1.0', 'id', '`1`']) {
      assert.ok(text.includes(guard));
      assert.notDeepEqual(errorsOf(text.replaceAll(guard, `SELECT IF(COUNT(*) = ${number},`)), [], number);
    }
  });
});
