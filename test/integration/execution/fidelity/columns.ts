import type { Random } from './random';

/** A column that the fuzz adds to tables of Nova. */
export interface FuzzColumn {
  readonly name: string;
  /** as in CREATE TABLE */
  readonly type: string;
  /** another value, in SQL that a plan may hold; absent for a column that can't be written */
  readonly other?: string;
  /** any value that the server lets in without strict mode */
  readonly value?: (random: Random) => string;
}

const fragments = [
  '',
  ' ',
  "'",
  '"',
  '\\',
  '`',
  '%',
  '\0',
  '\n',
  '\r',
  '\t',
  '\u001a',
  '\u007f',
  '--',
  '*/',
  '/*!',
  'a',
  '0',
];
const latin = [...fragments, 'é', 'ÿ', '¤', '§'];
const unicode = [
  ...latin,
  'ß',
  '€',
  'ﬀ',
  'İ',
  '\u0301',
  '\u2028',
  '\u202e',
  '\u200b',
  '\ufeff',
  '中',
  '\ufffd',
];
const astral = [...unicode, '💀', '🧟\u200d♀\ufe0f', '\u{10ffff}'];

function text(random: Random, pieces: readonly string[], longest: number): string {
  return Array.from({ length: random.below(longest + 1) }, () => random.pick(pieces)).join('');
}

function textLiteral(value: string): string {
  return `CONVERT(X'${Buffer.from(value).toString('hex')}' USING utf8mb4)`;
}

function textColumn(name: string, type: string, pieces: readonly string[], longest: number): FuzzColumn {
  return { name, type, other: "'other'", value: (random) => textLiteral(text(random, pieces, longest)) };
}

function bytesColumn(name: string, type: string, longest: number): FuzzColumn {
  const value = (random: Random): string => `X'${random.bytes(random.below(longest + 1)).toString('hex')}'`;
  return { name, type, other: "X'01'", value };
}

function oneOf(name: string, type: string, other: string, values: readonly string[]): FuzzColumn {
  return { name, type, other, value: (random) => random.pick(values) };
}

function integer(name: string, type: string, bits: number, signed: boolean): FuzzColumn {
  const span = 2n ** BigInt(bits);
  const [least, most] = signed ? [-span / 2n, span / 2n - 1n] : [0n, span - 1n];
  return oneOf(name, type, '1', [least, least + 1n, 0n, 7n, most - 1n, most].map(String));
}

function real(name: string, type: string, values: readonly string[]): FuzzColumn {
  const any = (random: Random): string => `${(random.next() * 2 - 1) * 10 ** (random.below(60) - 30)}e0`;
  const value = (random: Random): string =>
    random.below(3) === 0 ? random.pick(values) : shortened(any(random));
  return { name, type, other: '1.5', value };
}

/** JavaScript may have written an exponent already. */
function shortened(number: string): string {
  return number.replace(/(e[+-]?\d+)e0$/, '$1');
}

const days = ["'0000-00-00'", "'2026-00-00'", "'2026-02-31'", "'1000-01-01'", "'9999-12-31'", "'2024-02-29'"];
const moments = [
  "'0000-00-00 00:00:00'",
  "'2026-02-31 01:02:03.000001'",
  "'9999-12-31 23:59:59.999999'",
  "'2026-11-23 10:31:07.5'",
];
/** In the hour that is left out and the one that comes twice in Berlin, as the session's zone has them. */
const stamps = [
  "'1970-01-02 00:00:01'",
  "'2026-03-29 01:59:59.999999'",
  "'2026-03-29 03:00:00'",
  "'2026-10-25 02:30:00'",
  "'2038-01-18 03:14:07.999999'",
  "'0000-00-00 00:00:00'",
];
const clocks = ["'-838:59:59.999999'", "'838:59:59'", "'00:00:00.000001'", "'-00:00:01'", "'24:00:00'"];
const documents = [
  '{}',
  '[]',
  'null',
  '""',
  '{"a\\\\\\"": "it\'s\\n\\u0000 💀"}',
  '[1e400, 0.10, -0]',
  '{ "b" : 1,"a":2}',
];

export const fuzzColumns: readonly FuzzColumn[] = [
  integer('f_tiny', 'TINYINT', 8, true),
  integer('f_small', 'SMALLINT UNSIGNED', 16, false),
  integer('f_medium', 'MEDIUMINT', 24, true),
  integer('f_int', 'INT ZEROFILL', 32, false),
  integer('f_big', 'BIGINT', 64, true),
  integer('f_huge', 'BIGINT UNSIGNED', 64, false),
  oneOf('f_price', 'DECIMAL(65,30)', '1', [
    '-99999999999999999999999999999999999.999999999999999999999999999999',
    '0.000000000000000000000000000001',
    '-0',
    '1e-30',
  ]),
  oneOf('f_whole', 'DECIMAL(20,0) UNSIGNED ZEROFILL', '1', ['0', '99999999999999999999', '42']),
  real('f_float', 'FLOAT', ['16777217', '0.1', '-0e0', '1.17549435e-38', '3.40282347e38', '1e-45', '1']),
  real('f_double', 'DOUBLE', [
    '0.1',
    '-0e0',
    '2.2250738585072014e-308',
    '1.7976931348623157e308',
    '5e-324',
    '1',
  ]),
  oneOf('f_fixed', 'FLOAT(7,3)', '1', ['1234.567', '-0.001', '9999.999']),
  oneOf('f_bit', 'BIT(1)', "b'1'", ["b'0'", "b'1'"]),
  {
    name: 'f_bits',
    type: 'BIT(64)',
    other: "X'00'",
    value: (random) => `X'${random.bytes(8).toString('hex')}'`,
  },
  oneOf('f_year', 'YEAR', '2026', ['0', '1901', '2155', '2000']),
  oneOf('f_day', 'DATE', "'2026-11-23'", days),
  oneOf('f_moment', 'DATETIME(6)', "'2026-11-23 10:31:07'", moments),
  oneOf('f_second', 'DATETIME', "'2026-11-23 10:31:07'", moments),
  oneOf('f_stamp', 'TIMESTAMP(6) NULL', "'2026-11-23 10:31:07'", stamps),
  oneOf('f_clock', 'TIME(6)', "'10:31:07'", clocks),
  textColumn('f_latin', 'VARCHAR(80) CHARACTER SET latin1', latin, 30),
  textColumn('f_padded', 'CHAR(40) CHARACTER SET latin1', latin, 20),
  textColumn('f_utf8', 'VARCHAR(90) CHARACTER SET utf8mb3', unicode, 30),
  textColumn('f_exact', 'VARCHAR(90) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin', unicode, 30),
  textColumn('f_emoji', 'TEXT CHARACTER SET utf8mb4', astral, 60),
  textColumn('f_wide', 'VARCHAR(90) CHARACTER SET utf16', astral, 20),
  textColumn('f_cyrillic', 'VARCHAR(30) CHARACTER SET koi8r', ['Ж', 'я', "'", '\\', 'a', ' '], 30),
  textColumn('f_long', 'LONGTEXT', unicode, 5000),
  bytesColumn('f_fixed_bytes', 'BINARY(16)', 16),
  bytesColumn('f_bytes', 'VARBINARY(300)', 300),
  bytesColumn('f_tiny_blob', 'TINYBLOB', 255),
  bytesColumn('f_blob', 'LONGBLOB', 5000),
  { name: 'f_json', type: 'JSON', other: "'{}'", value: (random) => textLiteral(random.pick(documents)) },
  oneOf('f_choice', `ENUM('', 'a', 'it''s', 'é')`, "'a'", [
    "'a'",
    "''",
    textLiteral('é'),
    textLiteral("it's"),
  ]),
  oneOf('f_set', `SET('a', 'b', 'é')`, "'a'", ["''", "'a'", "'a,b'", textLiteral('b,é')]),
  oneOf('f_address', 'INET6', "'::1'", ["'::'", "'::ffff:192.0.2.1'", "'2001:db8::ff00:42:8329'"]),
  oneOf('f_uuid', 'UUID', 'NULL', ["'123e4567-e89b-12d3-a456-426655440000'"]),
  oneOf('f_point', 'POINT', 'NULL', ['POINT(1.5, -2.25)', 'POINT(1e300, 5e-324)']),
  oneOf('f_hidden', 'INT INVISIBLE', '1', ['2', '3']),
  { ...textColumn('f_kept', "VARCHAR(20) NOT NULL DEFAULT 'default'", latin, 10), other: "'other'" },
  oneOf('f_touched', 'TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP', 'NULL', [
    'NULL',
    "'2020-01-01 00:00:00'",
  ]),
  oneOf('f_made', 'DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3)', 'NULL', ['NULL', "'2020-01-01 00:00:00.123'"]),
  { name: 'f_twice', type: 'DECIMAL(21,0) AS (f_big * 2) VIRTUAL' },
  { name: 'f_shout', type: 'VARCHAR(200) AS (UPPER(f_latin)) STORED' },
  oneOf('select', 'INT', '1', ['-1', '2']),
  oneOf('f`"\' ü', 'INT', '1', ['-1', '2']),
];
