import { t } from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { unitDirective } from '../cleanup/directives';
import type { Connection } from '../cloud/connection';
import { OperatorError } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import { withDatabase, type RunContext } from './context';
import { gapOf } from './gap';
import type { Journal } from './journal';
import { isContention, isDefiniteRefusal } from './serverErrors';
import { settle } from './settle';
import { attemptUnit, rollBack, statementReports, unitTitle, type Attempt } from './transaction';

const retryPauses = [100, 400, 1600] as const;

export interface StepResult {
  readonly outcome: StepOutcome;
  readonly reports: readonly StepReport[];
  /** why it is not done */
  readonly error?: unknown;
}

interface Tries {
  readonly attempt: Attempt;
  readonly outcome: StepOutcome;
  readonly error?: unknown;
}

/** Runs a unit in a transaction of its own and commits it: all of it, or nothing. */
export async function runUnit(
  section: Section,
  unit: UnitStep,
  context: RunContext,
  journal: Journal,
  signal?: AbortSignal,
): Promise<StepResult> {
  const once = async (connection: Connection): Promise<Tries> => {
    const attempt = await attemptUnit(connection, unit, signal);
    if ('error' in attempt) {
      await rollBack(connection, context.logger);
      return { attempt, outcome: 'rolled-back', error: attempt.error };
    }
    return { attempt, ...(await keep(section, unit, attempt, connection, context, journal)) };
  };
  return withRetries(unit, () => withDatabase(context, unit.database, once, signal), signal);
}

/** Runs a unit, changes and all, and rolls it back. */
export async function dryRunUnit(
  unit: UnitStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<StepResult> {
  const once = async (connection: Connection): Promise<Tries> => {
    const attempt = await attemptUnit(connection, unit, signal);
    await rollBack(connection, context.logger);
    return 'error' in attempt
      ? { attempt, outcome: 'failed', error: attempt.error }
      : { attempt, outcome: 'rolled-back' };
  };
  return withRetries(unit, () => withDatabase(context, unit.database, once, signal), signal);
}

/** A deadlock or a lock wait that took too long has changed nothing: the unit is tried again, three times at most. */
async function withRetries(
  unit: UnitStep,
  attemptOnce: () => Promise<Tries>,
  signal?: AbortSignal,
): Promise<StepResult> {
  for (let retry = 0; ; retry += 1) {
    const { attempt, outcome, error } = await attemptOnce().catch((cause: unknown): Tries => ({
      attempt: { tried: [] },
      outcome: 'failed',
      error: cause,
    }));
    const pause = retryPauses[retry];
    if (pause !== undefined && isContention(error) && !signal?.aborted) {
      await sleep(pause);
      continue;
    }
    return {
      outcome,
      reports: statementReports(unit, attempt, outcome === 'failed' ? 'rolled-back' : outcome),
      ...(error === undefined ? {} : { error }),
    };
  }
}

/** The way back first, on the disk; then COMMIT, which no cancel interrupts. */
async function keep(
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
    await journal.prepare(section, prepared, restoreText(unit, attempt));
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

/** The last change is taken back first, so that parents are there before their children. */
function restoreText(unit: UnitStep, attempt: Attempt): string {
  const statements = attempt.tried
    .flatMap(({ changed }) => changed?.restore ?? [])
    .reverse()
    .map((sql) => `-- @expect rows=1\n${sql};\n`);
  return `${unitDirective(unit.database, unit.schema)}\nSTART TRANSACTION;\n${statements.join('')}COMMIT;\n`;
}

function notSaved(journal: Journal, error: unknown): OperatorError {
  return new OperatorError(
    'command-failed',
    t('The way back could not be saved in {0}: {1}', journal.folder, gapOf(error).message),
    t('Make room there, or make the folder writable, then run the plan again.'),
    { cause: error },
  );
}

function unanswered(unit: UnitStep, error: unknown): OperatorError {
  return new OperatorError(
    'unreachable',
    t(
      'The connection was lost during the COMMIT of the {0}: it is not known whether it took effect.',
      unitTitle(unit),
    ),
    t('When the database answers again, scan, and see whether the rows are still there.'),
    { cause: error },
  );
}
