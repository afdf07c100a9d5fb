import * as l10n from '@vscode/l10n';
import type { Connection } from '../cloud/database/connection';
import { messageOf } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import type { Logger } from '../model/ports';
import { cancellable } from './cancellable';
import type { Changed } from './change';
import { requireSchema } from './context';
import { gapOf } from './gap';
import { runStatement } from './statement';
import { statementTitle } from './statementTitle';
import { tryBack } from './tryBack';

/** A server that hangs for so long rolls back when it wakes. */
const rollBackTimeoutMs = 15_000;

/** How far a unit came, with its transaction still open. */
export interface Attempt {
  /** one for each statement that was tried; empty cells are those after a failure */
  readonly tried: readonly Tried[];
  /** of the statement that failed */
  readonly error?: unknown;
}

interface Tried {
  readonly changed?: Changed;
  readonly milliseconds: number;
}

/**
 * Opens the transaction and runs the statements in turn, up to the first that fails, then tries the way back. Never
 * rejects.
 */
export async function attemptUnit(
  session: Connection,
  section: Section,
  unit: UnitStep,
  signal?: AbortSignal,
): Promise<Attempt> {
  const connection = cancellable(session, signal);
  const tried: Tried[] = [];
  let started = performance.now();
  try {
    requireSchema(connection, unit.schema);
    // Guards that lock a gap, for rows that must not appear, need at least this level.
    await connection.change('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    if (unit.parentsMissing) {
      // Rows that had no parent come back as they were; the session ends with this unit.
      await connection.change('SET SESSION foreign_key_checks = 0');
    }
    await connection.change('START TRANSACTION');
    for (const statement of unit.statements) {
      started = performance.now();
      const changed = await runStatement(connection, unit, statement);
      tried.push({ changed, milliseconds: since(started) });
    }
    if (section.kind !== 'restore') {
      await tryBack(connection, section.uuid, unit, changes(tried));
    }
    signal?.throwIfAborted();
    return { tried };
  } catch (error) {
    return { tried: [...tried, { milliseconds: since(started) }], error };
  }
}

function changes(tried: readonly Tried[]): Changed[] {
  return tried.flatMap(({ changed }) => changed ?? []);
}

export async function rollBack(connection: Connection, logger: Logger): Promise<void> {
  try {
    await connection.change('ROLLBACK', AbortSignal.timeout(rollBackTimeoutMs));
  } catch (error) {
    // The connection is closed right after, and the server rolls back what a closed connection left open.
    logger.warn(`ROLLBACK failed: ${messageOf(error)}`);
  }
}

/** One report for each statement of the unit's last try. `outcome` is that of the statements that went well. */
export function statementReports(
  unit: UnitStep,
  attempt: Attempt,
  outcome: StepOutcome,
  retries: number,
): StepReport[] {
  return unit.statements.map((statement, index) => {
    const tried = attempt.tried[index];
    const failed = tried !== undefined && tried.changed === undefined;
    return {
      what: statementTitle(statement),
      span: statement.span,
      outcome: tried === undefined ? 'skipped' : failed ? 'failed' : outcome,
      milliseconds: tried?.milliseconds ?? 0,
      irreversible: false,
      ...(statement.expect === undefined ? {} : { expected: statement.expect }),
      ...(tried?.changed ? { rows: tried.changed.rows } : {}),
      ...(index === 0 && retries > 0 ? { retries } : {}),
      ...(failed ? { problem: gapOf(attempt.error) } : {}),
    };
  });
}

export function unitTitle(unit: UnitStep): string {
  return l10n.t('transaction in {0}', unit.schema);
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
