import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import type { Connection, Row } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Statement, StatementKind } from '../model/plan';
import type { TableShape } from './tableShape';

/** What the server does by itself when rows of some table change. */
interface SideEffects {
  readonly keys: readonly Row[];
  readonly triggers: readonly Row[];
}

const acting = "('CASCADE', 'SET NULL', 'SET DEFAULT')";

const keysQuery = `SELECT REFERENCED_TABLE_NAME AS parent, TABLE_NAME AS child, CONSTRAINT_NAME AS name,
    DELETE_RULE AS onDelete, UPDATE_RULE AS onUpdate
  FROM information_schema.REFERENTIAL_CONSTRAINTS
  WHERE UNIQUE_CONSTRAINT_SCHEMA = ? AND (DELETE_RULE IN ${acting} OR UPDATE_RULE IN ${acting})`;

const triggersQuery = `SELECT EVENT_OBJECT_TABLE AS tableName, TRIGGER_NAME AS name
  FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ?`;

/** A connection is that of one unit: what it was told stays true until it is closed. */
const known = new WeakMap<Connection, Promise<SideEffects>>();

/**
 * Rejects when the server itself would change more rows than the statement does: those are not saved, and could not be
 * brought back. Nova's own schemas have neither triggers nor keys that act; some operators made them again that way.
 */
export async function requireNoSideEffects(
  connection: Connection,
  schema: string,
  table: string,
  kind: StatementKind,
): Promise<void> {
  const found = known.get(connection) ?? read(connection, schema);
  known.set(connection, found);
  const { keys, triggers } = await found;
  const key = keys.find((row) => row.parent === table && isActing(ruleOf(row, kind)));
  if (key) {
    throw new OperatorError(
      'plan-refused',
      l10n.t(
        'With rows of {0} the server changes rows of {1} by itself, which could not be brought back: the foreign key {2} says {3}.',
        table,
        String(key.child),
        String(key.name),
        ruleOf(key, kind),
      ),
      l10n.t('Make the key again as Nova has it, without ON DELETE and ON UPDATE, then run the plan.'),
    );
  }
  // Any trigger: the way back of a DELETE is an INSERT.
  const trigger = triggers.find((row) => row.tableName === table);
  if (trigger) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('What the trigger {0} of {1} does could not be taken back.', String(trigger.name), table),
      l10n.t('Drop the trigger if nothing needs it, or clean up this table by hand.'),
    );
  }
}

/** Rejects an UPDATE of which the server would set the time of a change in a column that the statement does not name. */
export function requireNoSelfSet({ name, selfSet }: TableShape, { sets = [] }: Statement): void {
  const column = selfSet.find((each) => !sets.includes(each.toLowerCase()));
  if (column !== undefined) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('With every UPDATE of {0} the server sets {1} to the time by itself.', name, column),
      l10n.t('Write {0} = {0} into the SET clause, so that it stays as it is.', identifier(column)),
    );
  }
}

async function read(connection: Connection, schema: string): Promise<SideEffects> {
  return {
    keys: await connection.query(keysQuery, [schema]),
    triggers: await connection.query(triggersQuery, [schema]),
  };
}

function ruleOf(key: Row, kind: StatementKind): string {
  switch (kind) {
    case 'delete':
      return `ON DELETE ${String(key.onDelete)}`;
    case 'update':
      return `ON UPDATE ${String(key.onUpdate)}`;
    default:
      return '';
  }
}

function isActing(rule: string): boolean {
  return /(CASCADE|SET NULL|SET DEFAULT)$/.test(rule);
}
