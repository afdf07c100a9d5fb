import * as l10n from '@vscode/l10n';
import type { RestoreChunk } from '../model/history';
import type { Plan, Problem } from '../model/plan';
import type { Span } from '../model/span';
import { apiDatabaseId, type DatabaseId, type Schema } from '../model/schema';
import { atOnce, type Work } from '../model/work';
import { blockers } from './deletionOrder';

export interface CheckContext {
  readonly cloud: string;
  /** UUIDs of all cells of the cloud */
  readonly cells: readonly string[];
  /** false: the cloud has no entry of clouds.yaml, so nothing can be asked of its APIs */
  readonly apis?: boolean;
  readonly schemas?: ReadonlyMap<DatabaseId, Schema>;
}

/** What keeps a plan from running in a cloud, however well it is written. */
export function check(plan: Plan, context: CheckContext): Problem[] {
  return atOnce(checking(plan, context));
}

/** The same, which may be interrupted between sections. */
export function* checking(plan: Plan, context: CheckContext): Work<Problem[]> {
  const problems: Problem[] = [];
  const report = (message: string, span: Span): void => {
    problems.push({ severity: 'error', message, span });
  };
  const { header } = plan;
  if (header && header.cloud !== context.cloud) {
    report(
      l10n.t('This plan is for the cloud {0}, and this is {1}.', header.cloud, context.cloud),
      header.span,
    );
  }
  if (header && !sameCells(header.cells, context.cells)) {
    report(
      l10n.t('The cells of this cloud are not those of the plan. Scan it and draft the plan again.'),
      header.span,
    );
  }
  for (const section of plan.sections) {
    yield;
    for (const step of section.steps) {
      if (step.step === 'unit')
        checkDatabase(step.database, step.schema, context, (message) => report(message, step.span));
      if (step.step === 'api' && context.apis === false) {
        report(
          l10n.t(
            'The settings of {0} name no entry of clouds.yaml ("openstack"), so its APIs cannot be asked. Name one, or draft the plan again.',
            context.cloud,
          ),
          step.span,
        );
      }
    }
  }
  for (const { database, schema, span } of databasesOf(plan))
    checkDatabase(database, schema, context, (message) => report(message, span));
  return problems;
}

function databasesOf({
  histories,
  chunks,
}: Plan): readonly Pick<RestoreChunk, 'database' | 'schema' | 'span'>[] {
  return [...histories.flatMap(({ units }) => units), ...chunks];
}

function checkDatabase(
  database: DatabaseId,
  schema: string,
  { cells, schemas }: CheckContext,
  report: (message: string) => void,
): void {
  if (database !== apiDatabaseId && !cells.includes(database)) {
    report(l10n.t('This cloud has no cell {0}.', database));
    return;
  }
  const known = schemas?.get(database);
  if (!known) return;
  if (known.name !== schema)
    report(l10n.t('The schema of this database is {0}, not {1}.', known.name, schema));
  const unknown = database === apiDatabaseId ? [] : blockers(known);
  if (unknown.length > 0) {
    report(l10n.t('Tables refer to instances that this extension does not know: {0}.', unknown.join(', ')));
  }
}

function sameCells(one: readonly string[], other: readonly string[]): boolean {
  return new Set([...one, ...other]).size === new Set(one).size && new Set(one).size === new Set(other).size;
}
