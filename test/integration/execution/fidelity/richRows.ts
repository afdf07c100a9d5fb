import { identifier } from '../../../../src/cleanup/literal';
import { cellTables, type InstanceTable } from '../../../../src/model/instanceTables';
import { factsOf, type DatabaseFacts, type Release, type TableFacts } from '../../../cloud/schema/facts';
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
        ? Array.from({ length: rowsEach }, () => replace(random, schema, entry, facts, uuid, cell))
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
  cell: DatabaseFacts,
): string {
  const columns = Object.keys(facts.columns);
  const shadow = cell[`shadow_${entry.table}`];
  const values = columns.map((column) => {
    if (column === entry.column) return entry.through ? actionOf(schema, uuid) : `'${uuid}'`;
    if (column === 'id') return String(100_000 + random.below(2 ** 30));
    if (column === 'deleted') return random.pick(['0', '0', '1']);
    const key = facts.fk.find(({ columns: of }) => of[0] === column);
    if (key) return `(SELECT MIN(${key.ref_columns[0]}) FROM ${schema}.${key.ref_table})`;
    return valueOf(random, narrower(facts.columns[column] ?? '', shadow?.columns[column]));
  });
  return `REPLACE INTO ${schema}.${entry.table} (${columns.map(identifier).join(', ')}) VALUES (${values.join(', ')})`;
}

function actionOf(schema: string, uuid: string): string {
  return `(SELECT MIN(id) FROM ${schema}.instance_actions WHERE instance_uuid = '${uuid}')`;
}

function update(random: Random, table: string, facts: TableFacts | undefined, uuid: string): string {
  const texts = Object.entries(facts?.columns ?? {}).filter(([, type]) => type.includes('text'));
  const set = texts.map(([name, type]) => `${identifier(name)} = ${valueOf(random, type)}`);
  return `UPDATE nova_api.${table} SET ${['updated_at = NULL', ...set].join(', ')} WHERE instance_uuid = '${uuid}'`;
}

/** The shadow table of volume_usage_cache has shorter ids of users than the table itself. */
function narrower(type: string, shadow = type): string {
  return lengthOf(shadow) < lengthOf(type) ? shadow : type;
}

function lengthOf(type: string): number {
  return Number(/char\((\d+)\)/.exec(type)?.[1] ?? 60);
}

/** Any value of a column of this type, as information_schema writes it. */
function valueOf(random: Random, type: string): string {
  if (!type.includes('NOT NULL') && random.below(6) === 0) return 'NULL';
  const [, choices = ''] = /^enum\((.*)\)/.exec(type) ?? [];
  if (choices !== '') return random.pick(choices.split(','));
  if (type.startsWith('tinyint')) return String(random.below(2));
  if (type.includes('int')) return String(random.below(2 ** 31));
  if (type.startsWith('float')) return `${random.next()}e0`;
  if (type.startsWith('datetime'))
    return random.pick(["'0000-00-00 00:00:00'", "'2026-11-23 10:31:07'", "'2026-00-00 01:02:03'"]);
  return text(random, lengthOf(type));
}

function text(random: Random, longest: number): string {
  const value = Array.from({ length: 20 }, () => random.pick(pieces)).join('') + random.uuid();
  return `CONVERT(X'${Buffer.from(value.slice(-longest)).toString('hex')}' USING utf8mb4)`;
}
