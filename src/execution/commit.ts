import * as l10n from '@vscode/l10n';
import { unitDirective } from '../cleanup/directives';
import { identifier } from '../cleanup/literal';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome } from '../model/report';
import { apiDatabaseId } from '../model/schema';
import type { RunContext } from './context';
import { gapOf } from './gap';
import type { Journal } from './journal';
import { isDefiniteRefusal } from './serverErrors';
import { settle } from './settle';
import { rollBack, unitTitle, type Attempt } from './transaction';

/**
 * Ends a transaction whose statements all went well: the way back first, on the disk, then COMMIT, which no cancel
 * interrupts. `unknown` when the answer never came and the server could not be asked again.
 */
export async function commitUnit(
  section: Section,
  unit: UnitStep,
  attempt: Attempt,
  connection: Connection,
  context: RunContext,
  journal: Journal,
): Promise<{ outcome: StepOutcome; error?: unknown }> {
  const fragment = journal.nextFragment(unit.schema);
  const witness = attempt.tried.find(({ changed }) => changed?.witness)?.changed?.witness;
  const prepared = { database: unit.database, fragment, ...(witness ? { witness } : {}) };
  try {
    const parentsMissing = await lacksParent(connection, section.uuid, unit);
    await journal.prepare(section, prepared, restoreText(unit, attempt, parentsMissing));
  } catch (error) {
    await rollBack(connection, context.logger);
    return { outcome: 'rolled-back', error: notSaved(journal, error) };
  }
  const answer = await commit(connection);
  const became = answer.became ?? (await settle(context, unit.database, witness, context.logger));
  switch (became) {
    case 'committed':
      return noted('done', undefined, journal, journal.committed(fragment));
    case 'void':
      await rollBack(connection, context.logger);
      return noted('rolled-back', answer.error, journal, journal.void(fragment));
    case 'unknown':
      return noted(
        'unknown',
        unanswered(unit, answer.error),
        journal,
        journal.add({ event: 'unsettled', fragment }),
      );
  }
}

/** What became of the unit stands even when the journal can't be written; that is then the error, which ends the run. */
async function noted(
  outcome: StepOutcome,
  error: unknown,
  journal: Journal,
  note: Promise<void>,
): Promise<{ outcome: StepOutcome; error?: unknown }> {
  try {
    await note;
    return error === undefined ? { outcome } : { outcome, error };
  } catch (cause) {
    return { outcome, error: error ?? notSaved(journal, cause) };
  }
}

/** `became` is absent when the answer never came. */
interface Answer {
  readonly became?: 'committed' | 'void';
  readonly error?: unknown;
}

async function commit(connection: Connection): Promise<Answer> {
  try {
    await connection.change('COMMIT');
    return { became: 'committed' };
  } catch (error) {
    return isDefiniteRefusal(error) ? { became: 'void', error } : { error };
  }
}

/** Rows of which the cell has no instance come back only with foreign keys unchecked. Asked inside the transaction. */
async function lacksParent(connection: Connection, uuid: string, unit: UnitStep): Promise<boolean> {
  const removed = unit.statements.filter(({ kind }) => kind === 'delete').map(({ table }) => table);
  if (unit.database === apiDatabaseId || removed.length === 0 || removed.includes('instances')) {
    return false;
  }
  const table = `${identifier(unit.schema)}.instances`;
  const [row] = await connection.query(`SELECT COUNT(*) AS n FROM ${table} WHERE uuid = ?`, [uuid]);
  return Number(row?.n) === 0;
}

/** The last change is taken back first, so that parents are there before their children. */
function restoreText(unit: UnitStep, attempt: Attempt, parentsMissing: boolean): string {
  const statements = attempt.tried
    .flatMap(({ changed }) => changed?.restore ?? [])
    .reverse()
    .map((sql) => `-- @expect rows=1\n${sql};\n`);
  const first = unitDirective(unit.database, unit.schema, parentsMissing);
  return `${first}\nSTART TRANSACTION;\n${statements.join('')}COMMIT;\n`;
}

function notSaved(journal: Journal, error: unknown): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('The way back could not be saved in {0}: {1}', journal.folder, gapOf(error).message),
    l10n.t('Make room there, or make the folder writable, then run the plan again.'),
    { cause: error },
  );
}

function unanswered(unit: UnitStep, error: unknown): OperatorError {
  return new OperatorError(
    'unreachable',
    l10n.t(
      'The connection was lost during the COMMIT of the {0}: it is not known whether it took effect.',
      unitTitle(unit),
    ),
    l10n.t('When the database answers again, scan, and see whether the rows are still there.'),
    { cause: error },
  );
}
