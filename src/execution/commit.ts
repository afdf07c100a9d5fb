import * as l10n from '@vscode/l10n';
import { unitDirective } from '../cleanup/directives';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { DatabaseId } from '../model/schema';
import type { StepOutcome } from '../model/report';
import { cancellable } from './cancellable';
import type { RunContext } from './context';
import type { Journal } from './journal';
import { insertedRow } from './insertedRow';
import { lacksParent } from './parents';
import { isContention, isDeadlock, mayPass } from './serverErrors';
import { settle } from './settle';
import { readShape } from './tableShape';
import { rollBack, unitTitle, type Attempt } from './transaction';
import { restoredWitness, type Witness } from './witness';

/** A server that hangs for so long is asked what became of it, like one that was lost. */
const commitTimeoutMs = 120_000;

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
  signal?: AbortSignal,
): Promise<Ended> {
  const fragment = journal.nextFragment(unit.schema);
  let witness: Witness | undefined;
  try {
    const asked = cancellable(connection, signal);
    witness = await witnessOf(unit, attempt, asked);
    const prepared = { database: unit.database, fragment, ...(witness ? { witness } : {}) };
    const parentsMissing = await lacksParent(asked, section.uuid, unit);
    await journal.prepare(section, prepared, restoreText(unit, attempt, parentsMissing));
  } catch (error) {
    await rollBack(connection, context.logger);
    return { outcome: 'rolled-back', error, again: mayPass(error) };
  }
  const { became, error } = await commit(unit.database, witness, connection, context);
  switch (became) {
    case 'committed':
      return noted({ outcome: 'done' }, journal.committed(fragment));
    case 'void':
      return noted({ outcome: 'rolled-back', error, again: isContention(error) }, journal.void(fragment));
    case 'unknown':
      return noted(
        { outcome: 'unknown', error: unanswered(unit, error) },
        journal.add({ event: 'unsettled', fragment }),
      );
  }
}

export interface Ended {
  readonly outcome: StepOutcome;
  readonly error?: unknown;
  /** nothing of it took effect, for a reason that may pass */
  readonly again?: boolean;
}

/**
 * What became of the unit stands even when the journal can't be written; that is then the error, which ends the run. A
 * try that is not known to be void must not be followed by another: its way back would be there twice.
 */
async function noted(ended: Ended, note: Promise<void>): Promise<Ended> {
  try {
    await note;
    return ended;
  } catch (cause) {
    return ended.outcome === 'unknown' ? ended : { outcome: ended.outcome, error: cause };
  }
}

export interface Answer {
  readonly became: 'committed' | 'void' | 'unknown';
  readonly error?: unknown;
}

/**
 * An error is no answer, whatever its number but one: a proxy that lost the server in the midst of a COMMIT answers in its
 * name. So the rows are asked, on a new connection.
 */
export async function commit(
  database: DatabaseId,
  witness: Witness | undefined,
  connection: Connection,
  context: RunContext,
): Promise<Answer> {
  try {
    await connection.change('COMMIT', AbortSignal.timeout(context.commitTimeoutMs ?? commitTimeoutMs));
    return { became: 'committed' };
  } catch (error) {
    // Where the transaction is still open this ends it, and lets go of the row that is asked for.
    await rollBack(connection, context.logger);
    // What no proxy makes up: and the rows would tell of another run that did the same.
    if (isDeadlock(error)) return { became: 'void', error };
    return { became: await settle(context, database, witness, context.logger), error };
  }
}

/** What is only inserted was not read before: the statement itself says which row there must be. */
async function witnessOf(
  { schema, statements }: UnitStep,
  { tried }: Attempt,
  connection: Connection,
): Promise<Witness | undefined> {
  const found = tried.find(({ changed }) => changed?.witness)?.changed?.witness;
  const insert = statements.find(({ kind }) => kind === 'insert');
  if (found || insert?.table === undefined) return found;
  const shape = await readShape(connection, schema, insert.table);
  return restoredWitness(shape, insertedRow(insert.sql)).witness;
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
