import * as l10n from '@vscode/l10n';
import type { DirectoryStep, PlanHeader, Section, Statement, Step, UnitStep } from '../model/plan';
import { apiDatabaseId } from '../model/schema';
import { checkApiSection } from './apiRules';
import { checkCleanupChange, checkRestoreChange } from './changeRules';
import { isStateGuard, type Place } from './ownRows';
import { checkRepairChange, checkRepairs } from './repairRules';
import { checkMappingStays, checkRowStays, restsOnEarlierRun } from './rowRules';
import type { Guard } from './sql/guard';
import type { Report } from './sql/statement';
import type { Reviewed } from './reviewed';

type Purpose = PlanHeader['purpose'];

/** Rules on the statements of one unit together. */
export function checkUnit(
  statements: readonly Reviewed[],
  section: Pick<Section, 'uuid' | 'verdict' | 'depth'>,
  unit: Pick<UnitStep, 'database' | 'schema' | 'parentsMissing' | 'span'>,
  purpose: Purpose,
  report: Report,
): void {
  const guards: Guard[] = [];
  const place: Place = { uuid: section.uuid, database: unit.database, schema: unit.schema, guards };
  const changes = statements.filter(({ analysis }) => analysis.kind !== 'select');
  let isGuarded = false;
  for (const statement of statements) {
    const { analysis, tokens, guard } = statement;
    if (analysis.kind === 'select') {
      if (!guard) continue;
      guards.push(guard);
      isGuarded ||= isStateGuard(guard, place);
    } else if (purpose === 'restore') {
      checkRestoreChange(analysis, tokens, place, report);
    } else {
      if (!isGuarded) {
        report(
          l10n.t(
            'Nothing here says how the instance was reviewed. Put back the SELECT IF(COUNT(*) ... FOR UPDATE that stood before the first change, or draft the plan again.',
          ),
          unit.span,
        );
        return;
      }
      if (section.depth === 'repair') checkRepairChange(statement, place, report);
      else checkCleanupChange(analysis, tokens, place, report);
    }
  }
  const removal = unit.parentsMissing && changes.find(({ analysis }) => analysis.kind === 'delete');
  if (removal) {
    report(l10n.t('Nothing is deleted while foreign keys are not checked: parents="missing".'), removal.span);
  }
  if (purpose === 'cleanup' && section.depth !== 'repair') checkRowStays(statements, unit, report);
  const first = changes[0];
  if (first && (section.verdict === 'unknown' || section.verdict === 'legitimate')) {
    report(l10n.t('Nothing is changed of an instance whose verdict is {0}.', section.verdict), first.span);
  }
}

/** Rules on the steps of one section together. */
export function checkSection(
  section: Section,
  { purpose, run }: Pick<PlanHeader, 'purpose' | 'run'>,
  report: Report,
): void {
  const own = section.kind === 'restore' || section.kind === 'purge' ? section.kind : 'cleanup';
  if (own !== purpose) {
    report(
      l10n.t('A section of the kind {0} has no place in a plan whose purpose is {1}.', section.kind, purpose),
      section.span,
    );
  }
  for (const step of section.steps) {
    if (belongsElsewhere(step, purpose)) {
      report(l10n.t('This step has no place in a plan whose purpose is {0}.', purpose), step.span);
    }
  }
  if (purpose === 'cleanup') {
    checkOrder(section.steps, report);
    checkDatabases(section.steps, report);
    checkDepth(section, report);
    if (section.depth === 'repair') checkRepairs(section, report);
    else if (run === undefined || !restsOnEarlierRun(section)) checkMappingStays(section, report);
    checkApiSection(section, report);
    if (section.verdict === 'suspected' && !section.steps.some(({ step }) => step === 'confirm')) {
      report(l10n.t('What is only suspected needs an @confirm line.'), section.span);
    }
  }
}

function belongsElsewhere(step: Step, purpose: Purpose): boolean {
  if (step.step === 'directory') return purposeOf(step) !== purpose;
  if (step.step === 'unit')
    return purpose === 'purge' || (step.parentsMissing === true && purpose !== 'restore');
  return (step.step === 'domain' || step.step === 'api') && purpose !== 'cleanup';
}

function purposeOf({ then }: DirectoryStep): Purpose {
  return then === 'restore' || then === 'purge' ? then : 'cleanup';
}

/** The way back, and what the operator agrees to, hang on the word: it fits what the statements do. */
function checkDepth(section: Section, report: Report): void {
  if (fitsDepth(section)) return;
  report(l10n.t('The depth {0} does not do what the statements do.', section.depth), section.span);
}

function fitsDepth({ depth, steps }: Section): boolean {
  const isChange = ({ kind }: Statement): boolean => kind !== 'select';
  const isOnInstance = ({ kind, table }: Statement): boolean => kind !== 'select' && table === 'instances';
  const isRemoval = ({ kind, table }: Statement): boolean => kind === 'delete' && table === 'instances';
  const hasNo = (which: (statement: Statement) => boolean): boolean =>
    steps.every((step) => step.step !== 'unit' || !step.statements.some(which));
  switch (depth) {
    case 'none':
    case 'api':
      return hasNo(isChange);
    case 'purge':
      return hasNo(isOnInstance);
    case 'mark-deleted':
      return hasNo(isRemoval);
    // Each change was held against the repairs.
    case 'repair':
    case 'complete':
    case 'archive':
      return true;
  }
}

const ranks: Readonly<Record<Step['step'], number>> = {
  confirm: 0,
  manual: 0,
  domain: 1,
  directory: 2,
  api: 3,
  unit: 4,
};

/** Rows go last, and of them the mapping: while they stand, Nova still knows what the steps before have to do with. */
function checkOrder(steps: readonly Step[], report: Report): void {
  let reached = 0;
  for (const step of steps) {
    const rank = step.step === 'unit' && step.database === apiDatabaseId ? 5 : ranks[step.step];
    if (rank < reached && rank > 0) {
      report(l10n.t('The order of steps is: domains, directories, APIs, cells, API database.'), step.span);
    }
    reached = Math.max(reached, rank);
  }
}

/** An instance's rows in one database go in one transaction, or not at all. */
function checkDatabases(steps: readonly Step[], report: Report): void {
  const seen = new Set<string>();
  for (const step of steps) {
    if (step.step !== 'unit') continue;
    if (seen.has(step.database))
      report(l10n.t('This database has a unit in this section already.'), step.span);
    seen.add(step.database);
  }
}
