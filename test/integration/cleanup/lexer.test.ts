import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DemoCloud } from '../../cloud/demoCloud';
import { errorsOf, infoCache, edited } from '../../unit/cleanup/editing';
import { uuid } from '../../unit/cleanup/subjects';
import { sharedCloud } from '../sharedCloud';

/** Mostly what may well stand in a condition, at times what has no place there. */
function mostly(usual: readonly string[], odd: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
}

const numbers = '0 1 29 0e1 1e1 1e+1 .5 5. 0.5 1.e1 0x0 0x41 0b1'.split(' ');
const operand = mostly(
  [
    ...numbers,
    "x'41'",
    "n''",
    "N'a'",
    "_utf8mb4'a'",
    "''",
    "'it''s'",
    'NULL',
    'id',
    'deleted',
    '`id`',
    't.id',
    '(id = 0)',
  ],
  [
    '1a',
    '$a',
    'e1',
    '0x',
    '1e',
    'x',
    'n',
    '\u0131d',
    '@a',
    '@@a',
    '?',
    '\\N',
    "' OR '",
    'NOT 0',
    '!0',
    ') OR (1',
  ],
);
const operator = mostly(
  ['AND', 'OR', 'or', 'XOR', '||', '&&', '=', '<>', '-', '+', 'DIV', 'LIKE', 'IS NOT'],
  ['--', '.', ',', '|', 'IS', 'IN', 'BETWEEN', 'REGEXP', 'COLLATE', ')', '(', ';'],
);
const glue = mostly(['', ' '], ['\n', '/**/', '/* OR */', '-- x\n', '#x\n', '--', '/*/', '$', '_', '\u00a0']);
const soup = fc
  .tuple(operand, fc.array(fc.tuple(glue, operator, glue, operand), { minLength: 1, maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest.flat()].join(''));

describe('a condition on MariaDB', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.sql(
      `DROP DATABASE IF EXISTS lexer; CREATE DATABASE lexer; CREATE TABLE lexer.t (id INT, deleted INT, instance_uuid VARCHAR(36)) CHARACTER SET utf8mb4;
       INSERT INTO lexer.t VALUES (0, 0, '${uuid}'), (1, 1, '${uuid}'), (29, 0, 'other'), (0, 29, 'another'), (1, 0, NULL)`,
    );
  });

  after(() => cloud.sql('DROP DATABASE lexer'));

  /** Whose rows the server finds, or undefined when it does not understand. */
  async function found(condition: string): Promise<string[] | undefined> {
    const query = `SELECT DISTINCT IFNULL(instance_uuid, 'nobody') FROM lexer.t WHERE ${condition}`;
    return (await cloud.sql(query).catch(() => undefined))?.flat();
  }

  function isAccepted(condition: string): boolean {
    const change = `DELETE FROM nova_cell1.instance_info_caches WHERE ${condition};`;
    return errorsOf(edited(infoCache, change)).length === 0;
  }

  it('that may run reaches the rows of its own instance only, however its words touch', async () => {
    const own = `instance_uuid = '${uuid}'`;
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(soup, fc.boolean(), glue, async (text, last, between) => {
        const condition = last ? `${text}${between}AND ${own}` : `${own} AND${between}${text}`;
        if (!isAccepted(condition)) return;
        const rows = await found(condition);
        if (rows === undefined) return;
        ran += 1;
        assert.ok(
          rows.every((row) => row === uuid),
          `${condition}: ${rows.join()}`,
        );
      }),
      { numRuns: 1200 },
    );
    assert.ok(ran > 30, `${ran} conditions ran`);
  });
});
