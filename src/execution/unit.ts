import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../cloud/database/connection';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import { commitUnit } from './commit';
import { withDatabase, type RunContext } from './context';
import type { Journal } from './journal';
import { isContention } from './serverErrors';
import { attemptUnit, rollBack, statementReports, type Attempt } from './transaction';

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
    const attempt = await attemptUnit(connection, section, unit, signal);
    if ('error' in attempt) {
      await rollBack(connection, context.logger);
      return { attempt, outcome: 'rolled-back', error: attempt.error };
    }
    if (unit.statements.every(({ kind }) => kind === 'select')) {
      // Guards alone: there is nothing to commit, and no way back to save.
      await rollBack(connection, context.logger);
      return { attempt, outcome: 'done' };
    }
    return { attempt, ...(await commitUnit(section, unit, attempt, connection, context, journal)) };
  };
  return withRetries(unit, () => withDatabase(context, unit.database, once, signal), signal);
}

/** Runs a unit, changes and all, and rolls it back; on a read-only cloud too, as only this session can change anything. */
export async function dryRunUnit(
  section: Section,
  unit: UnitStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<StepResult> {
  const once = async (connection: Connection): Promise<Tries> => {
    const attempt = await attemptUnit(connection, section, unit, signal);
    await rollBack(connection, context.logger);
    return 'error' in attempt
      ? { attempt, outcome: 'failed', error: attempt.error }
      : { attempt, outcome: 'rolled-back' };
  };
  const tryOnce = (): Promise<Tries> => withDatabase(context, unit.database, once, signal, 'rehearsal');
  return withRetries(unit, tryOnce, signal);
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
