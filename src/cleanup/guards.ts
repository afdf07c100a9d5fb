import * as l10n from '@vscode/l10n';
import type { DatabaseContent } from '../model/content';
import type { InstanceMapping, InstanceRow } from '../model/facts';
import { apiDatabaseId } from '../model/schema';
import { identifier, literal, timeLiteral } from './literal';
import { remark } from './prose';
import { hasColumn, rootOf } from './tables';
import { qualified } from './target';

/**
 * A SELECT that raises error 1690 (BIGINT UNSIGNED value is out of range) unless it finds so many rows, and that
 * locks them: where there are none, the gap in which one could appear.
 */
export function guard(rows: number, table: string, conditions: readonly string[]): string {
  return [
    `SELECT IF(COUNT(*) = ${literal(rows)}, 'ok', ~0 + 1) FROM ${table}`,
    `  WHERE ${conditions.join('\n    AND ')}`,
    '  FOR UPDATE;',
  ].join('\n');
}

/** A SELECT that stops every client but the one that runs the plan: it alone sets the variable. */
export function stop(id: string): string {
  return `SELECT IF(@openstack_zombies_run = ${literal(id)}, 'ok', ~0 + 1);`;
}

/** The state of the database's record of the instance as it was reviewed, with a remark. */
export function stateGuard(content: DatabaseContent, uuid: string): string[] {
  const root = rootOf(content.database);
  const table = qualified(content, root.table);
  const known = [`${identifier(root.column)} = ${literal(uuid)}`];
  const row =
    content.database === apiDatabaseId ? mappingState(content.mapping) : instanceState(content.instance);
  if (!row) return [remark(l10n.t('{0} has no row of it, as reviewed', root.table)), guard(0, table, known)];
  const there = row.filter(([column]) => hasColumn(content.schema, root.table, column));
  return [
    remark(l10n.t('{0} is as it was reviewed', root.table)),
    guard(1, table, [...known, ...there.map(([, condition]) => condition)]),
  ];
}

/** That these ids, by which other rows are found, are the instance's own and all of them. */
export function idsGuard(table: string, column: string, uuid: string, ids: readonly number[]): string {
  return guard(ids.length, table, [
    `${identifier(column)} = ${literal(uuid)}`,
    `id IN (${ids.map((id) => literal(id)).join(', ')})`,
  ]);
}

/** That the instance is not on its way into a cell: nova-conductor maps it, then removes the request. */
export function requestGuard(content: DatabaseContent, uuid: string): string[] {
  const table = qualified(content, 'build_requests');
  return [
    remark(l10n.t('no build request of it waits for nova-conductor')),
    guard(0, table, [`instance_uuid = ${literal(uuid)}`]),
  ];
}

/** Conditions with the column that each is about: releases differ in the columns they have. */
type State = readonly (readonly [column: string, condition: string])[];

function instanceState(row: InstanceRow | undefined): State | undefined {
  return (
    row && [
      ['id', `id = ${literal(row.id)}`],
      ['deleted', `deleted = ${literal(row.deleted)}`],
      ['host', `host <=> ${literal(row.host)}`],
      ['node', `node <=> ${literal(row.node)}`],
      ['compute_id', `compute_id <=> ${literal(row.computeId)}`],
      ['vm_state', `vm_state <=> ${literal(row.vmState)}`],
      ['task_state', `task_state <=> ${literal(row.taskState)}`],
      ['updated_at', `updated_at <=> ${timeLiteral(row.updatedAt)}`],
    ]
  );
}

function mappingState(mapping: InstanceMapping | undefined): State | undefined {
  return (
    mapping && [
      ['id', `id = ${literal(mapping.id)}`],
      ['cell_id', `cell_id <=> ${literal(mapping.cellId)}`],
      ['queued_for_delete', `IFNULL(queued_for_delete, 0) = ${mapping.queuedForDelete ? 1 : 0}`],
    ]
  );
}
