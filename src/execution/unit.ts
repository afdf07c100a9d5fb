import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../cloud/database/connection';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import { commitUnit, type Ended } from './commit';
import { withDatabase, type RunContext } from './context';
import type { Journal } from './journal';
import { mayPass } from './serverErrors';
import { attemptUnit, rollBack, statementReports, type Attempt } from './transaction';

/** A server that was restarted is back within these, as a rule. */
const retryPauses = [100, 400, 1600, 5000] as const;

export interface StepResult {
  readonly outcome: StepOutcome;
  readonly reports: readonly StepReport[];
  /** why it is not done */
  readonly error?: unknown;
}

interface Tries extends Ended {
  readonly attempt: Attempt;
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
      return { attempt, outcome: 'rolled-back', error: attempt.error, again: mayPass(attempt.error) };
    }
    if (unit.statements.every(({ kind }) => kind === 'select')) {
      // Guards alone: there is nothing to commit, and no way back to save.
      await rollBack(connection, context.logger);
      return { attempt, outcome: 'done' };
    }
    return { attempt, ...(await commitUnit(section, unit, attempt, connection, context, journal, signal)) };
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
      ? { attempt, outcome: 'failed', error: attempt.error, again: mayPass(attempt.error) }
      : { attempt, outcome: 'rolled-back' };
  };
  const tryOnce = (): Promise<Tries> => withDatabase(context, unit.database, once, signal, 'rehearsal');
  return withRetries(unit, tryOnce, signal);
}

/**
 * Tries a unit again, four times at most, when another session was in the way or the connection was lost before COMMIT.
 * Each try is a transaction of its own, and the one before it was rolled back as a whole.
 */
async function withRetries(
  unit: UnitStep,
  attemptOnce: () => Promise<Tries>,
  signal?: AbortSignal,
): Promise<StepResult> {
  for (let retries = 0; ; retries += 1) {
    const { attempt, outcome, error, again } = await attemptOnce().catch((cause: unknown): Tries => ({
      attempt: { tried: [] },
      outcome: 'failed',
      error: cause,
      again: mayPass(cause),
    }));
    const pause = retryPauses[retries];
    if (pause !== undefined && again && !signal?.aborted) {
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      continue;
    }
    return {
      outcome,
      reports: statementReports(unit, attempt, outcome === 'failed' ? 'rolled-back' : outcome, retries),
      ...(error === undefined ? {} : { error }),
    };
  }
}
