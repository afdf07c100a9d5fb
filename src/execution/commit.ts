import * as l10n from '@vscode/l10n';
import { unitDirective } from '../cleanup/directives';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome } from '../model/report';
import type { RunContext } from './context';
import { gapOf } from './gap';
import type { Journal } from './journal';
import { lacksParent } from './parents';
import { isContention } from './serverErrors';
import { settle } from './settle';
import { rollBack, unitTitle, type Attempt } from './transaction';
import type { Witness } from './witness';

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
  const { became, error } = await commit(unit, witness, connection, context);
  switch (became) {
    case 'committed':
      return noted('done', undefined, journal, journal.committed(fragment));
    case 'void':
      return noted('rolled-back', error, journal, journal.void(fragment));
    case 'unknown':
      return noted(
        'unknown',
        unanswered(unit, error),
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

interface Answer {
  readonly became: 'committed' | 'void' | 'unknown';
  readonly error?: unknown;
}

/**
 * An error is no answer, whatever its number: a proxy that lost the server in the midst of a COMMIT answers in its
 * name. So the rows are asked, on a new connection.
 */
async function commit(
  unit: UnitStep,
  witness: Witness | undefined,
  connection: Connection,
  context: RunContext,
): Promise<Answer> {
  try {
    await connection.change('COMMIT');
    return { became: 'committed' };
  } catch (error) {
    // Where the transaction is still open this ends it, and lets go of the row that is asked for.
    await rollBack(connection, context.logger);
    const settled = await settle(context, unit.database, witness, context.logger);
    // A deadlock, also with another node of a cluster, is what no proxy makes up.
    return { became: settled === 'unknown' && isContention(error) ? 'void' : settled, error };
  }
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
