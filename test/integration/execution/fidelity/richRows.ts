import { identifier } from '../../../../src/cleanup/literal';
import { cellTables, type InstanceTable } from '../../../../src/model/instanceTables';
import { factsOf, type Release, type TableFacts } from '../../../cloud/schema/facts';
import type { Random } from './random';

const pieces = [
  '',
  ' ',
  "'",
  '"',
  '\\',
  '`',
  '\0',
  '\n',
  '\r\n',
  '\u001a',
  '-- ',
  '*/',
  '/*!',
  'é',
  '€',
  '\u2028',
  '\u202e',
  '中',
  '{"a": "\\n"}',
];
const rowsEach = 3;

/** Rows of an instance in every table of a cell that this release has, and hostile text in those of the API database. */
export function richRows(random: Random, release: Release, schema: string, uuids: readonly string[]): string {
  const cell = factsOf(release, 'nova');
  const replacements = uuids.flatMap((uuid) =>
    cellTables.flatMap((entry) => {
      const facts = cell[entry.table];
      return facts?.columns[entry.column] && !(entry.through?.table === 'instances')
        ? Array.from({ length: rowsEach }, () => replace(random, schema, entry, facts, uuid))
        : [];
    }),
  );
  const api = factsOf(release, 'nova_api');
  const updates = uuids.flatMap((uuid) =>
    ['build_requests', 'request_specs'].map((table) => update(random, table, api[table], uuid)),
  );
  return [
    "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
    'SET foreign_key_checks = 0',
    ...replacements,
    ...updates,
  ].join(';\n');
}

function replace(
  random: Random,
  schema: string,
  entry: InstanceTable,
  facts: TableFacts,
  uuid: string,
): string {
  const columns = Object.keys(facts.columns);
  const values = columns.map((column) => {
    if (column === entry.column) return entry.through ? actionOf(schema, uuid) : `'${uuid}'`;
    if (column === 'id') return String(100_000 + random.below(2 ** 30));
    if (column === 'deleted') return random.pick(['0', '0', '1']);
    return valueOf(random, facts.columns[column] ?? '');
  });
  return `REPLACE INTO ${schema}.${entry.table} (${columns.map(identifier).join(', ')}) VALUES (${values.join(', ')})`;
}

function actionOf(schema: string, uuid: string): string {
  return `(SELECT MIN(id) FROM ${schema}.instance_actions WHERE instance_uuid = '${uuid}')`;
}

function update(random: Random, table: string, facts: TableFacts | undefined, uuid: string): string {
  const texts = Object.entries(facts?.columns ?? {}).filter(([, type]) => /text/.test(type));
  const set = texts.map(([name, type]) => `${identifier(name)} = ${valueOf(random, type)}`);
  return `UPDATE nova_api.${table} SET ${['updated_at = NULL', ...set].join(', ')} WHERE instance_uuid = '${uuid}'`;
}

/** Any value of a column of this type, as information_schema writes it. */
function valueOf(random: Random, type: string): string {
  if (!type.includes('NOT NULL') && random.below(6) === 0) return 'NULL';
  const [, length = '60'] = /char\((\d+)\)/.exec(type) ?? [];
  const [, choices = ''] = /^enum\((.*)\)/.exec(type) ?? [];
  if (choices !== '') return random.pick(choices.split(','));
  if (/^tinyint/.test(type)) return String(random.below(2));
  if (/int/.test(type)) return String(random.below(2 ** 31));
  if (/^float/.test(type)) return `${random.next()}e0`;
  if (/^datetime/.test(type))
    return random.pick(["'0000-00-00 00:00:00'", "'2026-11-23 10:31:07'", "'2026-00-00 01:02:03'"]);
  return text(random, Number(length));
}

function text(random: Random, longest: number): string {
  const value = Array.from({ length: 20 }, () => random.pick(pieces)).join('') + random.uuid();
  return `CONVERT(X'${Buffer.from(value.slice(-longest)).toString('hex')}' USING utf8mb4)`;
}
