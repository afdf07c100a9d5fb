import * as l10n from '@vscode/l10n';
import { changesMapping, type RowRepair } from '../model/rowRepair';
import { apiDatabaseId } from '../model/schema';
import type { Depth } from '../model/suspect';
import { archive } from './archive';
import { directive, unitDirective } from './directives';
import { idsGuard, requestGuard, stateGuard } from './guards';
import { markDeleted } from './markDeleted';
import { remark } from './prose';
import { remove } from './removal';
import { repairChanges } from './repair';
import { sideEffectRefusal } from './sideEffects';
import { presentTables, shadowPrefix } from './tables';
import { qualified, type Change, type Target } from './target';

export interface DraftedUnit {
  readonly schema: string;
  readonly lines: readonly string[];
  /** rows that are changed or deleted; a copy in a shadow table counts nothing */
  readonly rows: number;
  /** the row of the instance, or the mapping that leads to it */
  readonly changesInstance: boolean;
}

/** The transaction that changes one database; undefined when there is nothing to change at this depth. */
export function draftUnit(
  target: Target,
  depth: Depth,
  repairs: readonly RowRepair[] = [],
): DraftedUnit | undefined {
  const { content, uuid } = target;
  const changes = depth === 'repair' ? repairChanges(target, repairs) : changesOf(target, depth);
  requireNoSideEffects(target, changes);
  if (changes.length === 0 && !(depth === 'repair' && isWitness(target, repairs))) return undefined;
  const lines = [
    unitDirective(content.database, content.schema.name),
    ...(changes.length === 0
      ? [remark(l10n.t('nothing is changed here: the mapping is only changed when this holds'))]
      : []),
    'START TRANSACTION;',
    ...stateGuard(content, uuid),
    ...(maps(depth, target, repairs) ? requestGuard(content, uuid) : []),
    ...idsGuards(target, changes),
    ...changes.flatMap(({ content: what, rows, sql }) => [remark(what), directive('expect', { rows }), sql]),
    'COMMIT;',
  ];
  return {
    schema: content.schema.name,
    lines,
    rows: changes.reduce((sum, { rows, copies }) => sum + (copies ? 0 : rows), 0),
    changesInstance: changes.some(
      ({ table }) => table === 'instances' || (table === 'instance_mappings' && !keepsMapping(depth)),
    ),
  };
}

/** As a run would refuse it: who drafts is told at once. */
function requireNoSideEffects({ content }: Target, changes: readonly Change[]): void {
  for (const { table, sql, copies } of changes) {
    const changed = copies ? shadowPrefix + table : table;
    const kind = copies ? 'insert-select' : sql.startsWith('DELETE') ? 'delete' : 'update';
    const refusal = sideEffectRefusal(content.schema.sideEffects ?? [], changed, kind);
    if (refusal) throw refusal;
  }
}

/** What is purged or repaired has no live row that a mapping could lead to. */
function keepsMapping(depth: Depth): boolean {
  return depth === 'purge' || depth === 'repair';
}

/** A unit of a guard alone: the mapping changes only when the cells say where its row is, or that it is gone. */
function isWitness({ content }: Target, repairs: readonly RowRepair[]): boolean {
  return content.database !== apiDatabaseId && repairs.some(changesMapping);
}

function maps(depth: Depth, { content }: Target, repairs: readonly RowRepair[]): boolean {
  const mapped = repairs.some((repair) => repair.do === 'map-to-cell');
  return depth === 'repair' && content.database === apiDatabaseId && mapped;
}

function changesOf(target: Target, depth: Exclude<Depth, 'repair'>): Change[] {
  switch (depth) {
    case 'none':
    case 'api':
      return [];
    case 'mark-deleted':
      return target.content.database === apiDatabaseId || target.content.instance ? markDeleted(target) : [];
    case 'archive':
      // Rows without a parent are not moved: Nova's archive never would, and their copy could not be taken back.
      return target.content.database === apiDatabaseId || target.content.instance
        ? archive(target)
        : remove(target);
    case 'complete':
    case 'purge':
      return remove(target);
  }
}

/** A list of ids in a change is only as good as the proof that they are this instance's. */
function idsGuards({ content, uuid }: Target, changes: readonly Change[]): string[] {
  const changed = new Set(changes.map(({ table }) => table));
  return presentTables(content.schema, content.database).flatMap(({ table, through }) => {
    const ids = through && content.ids?.get(through.table);
    if (!through || !ids || !changed.has(table)) return [];
    return [remark(through.table), idsGuard(qualified(content, through.table), through.column, uuid, ids)];
  });
}
