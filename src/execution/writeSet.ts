import * as l10n from '@vscode/l10n';
import type { Connection } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Section, UnitStep } from '../model/plan';
import type { DatabaseId } from '../model/schema';
import { clusterFacts } from './cluster';
import { withDatabase, type Databases } from './context';
import type { Refused } from './chosen';

const setting = 'wsrep_max_ws_rows';

/** Sections with a unit of more rows than its Galera cluster takes in one transaction. */
export async function oversizedSections(
  sections: readonly Section[],
  databases: Databases,
  signal?: AbortSignal,
): Promise<Refused> {
  const limits = new Map<DatabaseId, number>();
  const limitOf = async (database: DatabaseId): Promise<number> => {
    const limit = limits.get(database) ?? (await readLimit(databases, database, signal));
    limits.set(database, limit);
    return limit;
  };
  const refused = new Map<string, OperatorError>();
  for (const section of sections) {
    for (const unit of section.steps.filter((step) => step.step === 'unit')) {
      const rows = rowsOf(unit);
      const limit = rows > 1 ? await limitOf(unit.database) : Infinity;
      if (rows > limit) refused.set(section.uuid, oversized(unit, rows, limit));
    }
  }
  return refused;
}

/** Each row counts twice: the try of the way back writes it again, and the server does not forget that with its savepoint. */
function rowsOf({ statements }: UnitStep): number {
  return 2 * statements.reduce((sum, { expect = 0 }) => sum + expect, 0);
}

/** 0 stands for no limit. What can't be read limits nothing here: the unit itself says what is the matter. */
export async function readLimit(
  databases: Databases,
  database: DatabaseId,
  signal?: AbortSignal,
): Promise<number> {
  const read = (connection: Connection): Promise<ReadonlyMap<string, string>> =>
    clusterFacts(connection, 'VARIABLES', ['wsrep_on', setting]);
  const facts = await withDatabase(databases, database, read, signal, 'rehearsal').catch(() => undefined);
  const limit = Number(facts?.get(setting) ?? 0);
  return facts?.get('wsrep_on') === 'ON' && limit > 0 ? limit : Infinity;
}

function oversized({ schema }: UnitStep, rows: number, limit: number): OperatorError {
  return new OperatorError(
    'too-large',
    l10n.t(
      'The transaction in {0} writes {1} rows, with the try of its way back, and {2} of its Galera cluster allows {3}.',
      schema,
      rows,
      setting,
      limit,
    ),
    l10n.t(
      'Raise {0} on all nodes (SET GLOBAL), or set it to 0, which is no limit: an instance’s rows go in one transaction or not at all.',
      setting,
    ),
  );
}
