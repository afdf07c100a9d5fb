import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { StatementKind } from '../model/plan';
import type { SideEffect } from '../model/schema';

/**
 * Why rows of the table must not be changed so: the server itself would change more than the statement does, which is
 * not saved and could not be brought back. Nova's own schemas have neither triggers nor keys that act; some operators
 * made them again that way.
 */
export function sideEffectRefusal(
  effects: readonly SideEffect[],
  table: string,
  kind: StatementKind,
): OperatorError | undefined {
  const own = effects.filter((effect) => effect.table === table);
  const acting = own.find((effect) => isActing(ruleOf(effect, kind)));
  if (acting?.key) {
    return new OperatorError(
      'plan-refused',
      l10n.t(
        'With rows of {0} the server changes rows of {1} by itself, which could not be brought back: the foreign key {2} says {3}.',
        table,
        acting.key.child,
        acting.name,
        ruleOf(acting, kind),
      ),
      l10n.t('Make the key again as Nova has it, without ON DELETE and ON UPDATE, then run the plan.'),
    );
  }
  // Any trigger: the way back of a DELETE is an INSERT.
  const trigger = own.find(({ key }) => key === undefined);
  return (
    trigger &&
    new OperatorError(
      'plan-refused',
      l10n.t('What the trigger {0} of {1} does could not be taken back.', trigger.name, table),
      l10n.t('Drop the trigger if nothing needs it, or clean up this table by hand.'),
    )
  );
}

function ruleOf({ key }: SideEffect, kind: StatementKind): string {
  if (key && kind === 'delete') return `ON DELETE ${key.onDelete}`;
  return key && kind === 'update' ? `ON UPDATE ${key.onUpdate}` : '';
}

function isActing(rule: string): boolean {
  return /(CASCADE|SET NULL|SET DEFAULT)$/.test(rule);
}
