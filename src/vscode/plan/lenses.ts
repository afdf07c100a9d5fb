import * as vscode from 'vscode';
import type { Zombies } from '../../app/zombies';
import type { Plan, PlanHeader, Section, Statement, Step } from '../../model/plan';
import { cloudTitle, rowCount, timeOfDay } from '../words';
import type { Count } from './lastCounts';
import type { LastRun } from './lastRun';
import { rangeOf, type Plans } from './plans';
import { Sight } from './sight';
import { hasWayBack } from './wayBack';

type Counts = ReadonlyMap<number, Count>;

/**
 * What can be done with a plan, a section and a statement, above the line where it begins. In a large plan where it is
 * in sight.
 */
export class PlanLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly sight = new Sight();
  private readonly disposables: vscode.Disposable[];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly zombies: Zombies,
    private readonly plans: Plans,
  ) {
    const change = (): void => {
      this.changed.fire();
    };
    this.disposables = [this.changed, this.sight, this.sight.onDidLeave(change), plans.onDidLearn(change)];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const plan = await this.plans.read(document);
    if (!plan.header) {
      return [];
    }
    const counts = this.plans.countsOf(document);
    const changed = this.changedSections(document, plan, plan.header.id);
    return [
      ...this.ofPlan(document, plan.header, changed.size),
      ...this.inSight(document, plan).flatMap((section) =>
        this.ofSection(document, section, counts, changed.has(section)),
      ),
    ];
  }

  private inSight(document: vscode.TextDocument, { sections }: Plan): readonly Section[] {
    const lines = this.sight.of(document, sections.length);
    if (!lines) return sections;
    const spans = lines.map((range) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    }));
    return sections.filter(({ range }) =>
      spans.some(({ start, end }) => range.start < end && start < range.end),
    );
  }

  /** Since their dry run. */
  private changedSections(document: vscode.TextDocument, plan: Plan, id: string): ReadonlySet<Section> {
    const { rehearsals } = this.plans;
    if (!rehearsals.has(id)) return new Set();
    const text = document.getText();
    return new Set(plan.sections.filter((section) => rehearsals.standing(plan, text, section) === 'changed'));
  }

  private ofPlan(
    { uri }: vscode.TextDocument,
    { cloud: name, id, purpose }: PlanHeader,
    changed: number,
  ): vscode.CodeLens[] {
    const cloud = this.zombies.listClouds().find((each) => each.name === name);
    const title = cloud ? cloudTitle(cloud) : vscode.l10n.t('{0} (not configured)', name);
    const firstLine = new vscode.Range(0, 0, 0, 0);
    return [
      lens(firstLine, `$(cloud) ${title}`),
      lens(firstLine, `$(play) ${vscode.l10n.t('Run')}`, 'runPlan', uri),
      lens(firstLine, `$(beaker) ${vscode.l10n.t('Dry run')}`, 'dryRun', uri),
      ...(changed === 0
        ? []
        : [lens(firstLine, `$(edit) ${vscode.l10n.t('Changed since the dry run: {0}', changed)}`)]),
      ...ofLastRun(firstLine, this.plans.runOf(id), purpose),
    ];
  }

  private ofSection(
    document: vscode.TextDocument,
    { uuid, span, steps }: Section,
    counts: Counts,
    isChanged: boolean,
  ): vscode.CodeLens[] {
    const range = rangeOf(document, span);
    return [
      lens(range, `$(play) ${vscode.l10n.t('Run section')}`, 'runSection', document.uri, uuid),
      lens(range, `$(beaker) ${vscode.l10n.t('Dry run section')}`, 'dryRun', document.uri, uuid),
      ...(isChanged ? [lens(range, `$(edit) ${vscode.l10n.t('changed since the dry run')}`)] : []),
      ...steps.flatMap((step) => ofStep(document, step, counts)),
    ];
  }
}

function ofLastRun(
  range: vscode.Range,
  run: LastRun | undefined,
  purpose: PlanHeader['purpose'],
): vscode.CodeLens[] {
  if (!run) {
    return [];
  }
  const time = timeOfDay(run.at);
  const title =
    run.notDone === 0
      ? vscode.l10n.t('Ran {0}: {1} done', time, run.done)
      : vscode.l10n.t('Ran {0}: {1} done, {2} not', time, run.done, run.notDone);
  const lenses = [lens(range, `$(history) ${title}`)];
  if (run.changed && hasWayBack(purpose)) {
    lenses.push(lens(range, `$(discard) ${vscode.l10n.t('Open restore script')}`, 'openRestore', run.run));
  }
  return lenses;
}

function ofStep(document: vscode.TextDocument, step: Step, counts: Counts): vscode.CodeLens[] {
  if (step.step === 'manual' && !step.done) {
    const range = rangeOf(document, step.span);
    const args = [document.uri, step.span.start];
    return [
      lens(range, `$(copy) ${vscode.l10n.t('Copy command')}`, 'copyCommand', ...args),
      lens(range, `$(check) ${vscode.l10n.t('Mark as done')}`, 'markDone', ...args),
    ];
  }
  return step.step === 'unit' ? step.statements.flatMap((each) => ofStatement(document, each, counts)) : [];
}

function ofStatement(
  document: vscode.TextDocument,
  { kind, span }: Statement,
  counts: Counts,
): vscode.CodeLens[] {
  const range = rangeOf(document, span);
  const { uri } = document;
  const lenses: vscode.CodeLens[] = [];
  if (kind === 'select') {
    lenses.push(lens(range, `$(table) ${vscode.l10n.t('Run SELECT')}`, 'runSelect', uri, span.start));
  } else if (kind !== 'insert') {
    lenses.push(lens(range, `$(symbol-number) ${vscode.l10n.t('Count')}`, 'countChange', uri, span.start));
  }
  const count = counts.get(span.start);
  return count ? [...lenses, lens(range, countTitle(count))] : lenses;
}

/** Section of a plan around an offset. */
export function sectionAt(plan: Plan, offset: number): Section | undefined {
  return plan.sections.find(({ range }) => range.start <= offset && offset < range.end);
}

function countTitle({ rows, expected }: Count): string {
  if (expected === undefined) {
    return rowCount(rows);
  }
  return rows === expected
    ? `$(pass) ${vscode.l10n.t('{0}, as expected', rowCount(rows))}`
    : `$(warning) ${vscode.l10n.t('{0}, expected {1}', rowCount(rows), expected)}`;
}

function lens(range: vscode.Range, title: string, command?: string, ...args: unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(range, {
    title,
    command: command === undefined ? '' : `openstackZombies.${command}`,
    arguments: args,
  });
}
