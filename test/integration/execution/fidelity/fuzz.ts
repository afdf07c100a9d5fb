import { identifier } from '../../../../src/cleanup/literal';
import type { RunContext } from '../../../../src/execution/context';
import { planText, sectionText, unitText } from '../planText';
import { fuzzColumns } from './columns';
import type { Random } from './random';

/** Tables of a cell that get all columns of the fuzz, with what each of their rows needs besides. */
const tables = {
  instance_extra: '',
  instance_faults: 'code',
  instance_metadata: '',
  block_device_mapping: '',
} as const;

const rowsEach = 7;
const written = fuzzColumns.filter(({ value }) => value !== undefined);

const altered = [...Object.keys(tables), 'shadow_instance_faults', 'instances'];

/** Adds the columns of the fuzz to the tables, and to the shadow table that an archive fills. */
export function alterations(): string {
  const added = fuzzColumns.map(({ name, type }) => `ADD ${identifier(name)} ${type}`).join(', ');
  return altered.map((table) => `ALTER TABLE nova_cell1.${table} ${added}`).join(';\n');
}

/** Live instances with some rows each in every table, under the loosest sql_mode that there is. */
export function population(random: Random, uuids: readonly string[]): string {
  const loose = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';
  return [
    `SET sql_mode = '${loose}', time_zone = '+02:00', foreign_key_checks = 0`,
    ...altered.map((table) => `DELETE FROM nova_cell1.${table}`),
    // So high that what an archive adds does not raise the counter of the table, which would show in a dump.
    'INSERT INTO nova_cell1.shadow_instance_faults (id, code) VALUES (1000000, 500)',
    ...uuids.flatMap((uuid, index) => [
      insert(random, 'instances', `id, uuid, deleted`, `${index * 1000}, '${uuid}', 0`),
      ...Object.entries(tables).flatMap(([table, extra]) =>
        Array.from({ length: rowsEach }, (_, row) =>
          insert(
            random,
            table,
            `id, instance_uuid, deleted${extra === '' ? '' : `, ${extra}`}`,
            `${index * 1000 + row}, '${uuid}', 0${extra === '' ? '' : ', 500'}`,
          ),
        ),
      ),
    ]),
  ].join(';\n');
}

function insert(random: Random, table: string, columns: string, values: string): string {
  const names = written.map(({ name }) => identifier(name));
  const cells = written.map(({ type, value }) =>
    random.below(8) === 0 && !type.includes('NOT NULL') ? 'NULL' : (value?.(random) ?? 'NULL'),
  );
  return `INSERT INTO nova_cell1.${table} (${columns}, ${names.join(', ')}) VALUES (${values}, ${cells.join(', ')})`;
}

/** What mariadb-dump does not tell: all digits of a FLOAT. */
export function exactFloats(): string {
  const digits = 'f_float * 1e0, f_fixed * 1e0';
  return altered
    .map((table) => `SELECT '${table}', id, ${digits} FROM nova_cell1.${table}`)
    .join(' UNION ALL ')
    .concat(' ORDER BY 1, 2');
}

/** A plan that removes, changes, and moves rows of each instance, in a transaction each. */
export function plan(random: Random, context: RunContext, uuids: readonly string[]): string {
  return planText(
    context,
    ...uuids.map((uuid) =>
      sectionText(
        uuid,
        unitText(
          context,
          uuid,
          ...Object.keys(tables).flatMap((table) => changesOf(random, table, uuid)),
          ...(random.below(2) === 0 ? [update(random, 'instances', `uuid = '${uuid}'`, 1)] : []),
        ).replace('SET deleted = id', 'SET f_touched = f_touched, deleted = id'),
      ),
    ),
  );
}

function changesOf(random: Random, table: string, uuid: string): string[] {
  const where = `instance_uuid = '${uuid}'`;
  const changed = update(random, table, where, rowsEach);
  const removed = `-- @expect rows=${rowsEach}\nDELETE FROM nova_cell1.${table} WHERE ${where};`;
  const copied = table === 'instance_faults' ? [copy(table, where)] : [];
  return random.pick([[changed], [...copied, removed], [changed, removed], [...copied, changed, removed]]);
}

function update(random: Random, table: string, where: string, rows: number): string {
  const columns = written.filter(({ name }) => name !== 'f_touched' && random.below(2) === 0);
  const set = [
    'updated_at = UTC_TIMESTAMP(), f_touched = f_touched',
    ...columns.map(
      ({ name, type, other }) =>
        `${identifier(name)} = ${random.below(4) === 0 && !type.includes('NOT NULL') ? 'NULL' : other}`,
    ),
  ];
  return `-- @expect rows=${rows}\nUPDATE nova_cell1.${table} SET ${set.join(', ')} WHERE ${where};`;
}

function copy(table: string, where: string): string {
  const columns = ['id', 'instance_uuid', 'deleted', 'code', ...written.map(({ name }) => name)]
    .map(identifier)
    .join(', ');
  return `-- @expect rows=${rowsEach}\nINSERT INTO nova_cell1.shadow_${table} (${columns}) SELECT ${columns} FROM nova_cell1.${table} WHERE ${where};`;
}
