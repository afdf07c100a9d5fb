import * as l10n from '@vscode/l10n';
import { parse } from '../../cleanup/parse';
import type { RunContext } from '../../execution/context';
import { dryRunPlan } from '../../execution/dryRunPlan';
import { goOnText, nothingLeft } from '../../execution/goOn';
import { purgePlanText } from '../../execution/purgePlan';
import { restorePlanText, settleRun } from '../../execution/restorePlan';
import { withRunLock } from '../../execution/runLock';
import { runPlan } from '../../execution/runPlan';
import { OperatorError } from '../../model/errors';
import type { Plan } from '../../model/plan';
import type { RunReport } from '../../model/report';
import type { RunOptions, RunSummary } from '../api';
import { auditedRun, outcomesOf, subjectOf } from './auditedRun';
import { AuditRecord } from './auditRecord';
import { DraftBook } from './draftBook';
import type { Reach } from './reach';
import { runContext } from './runContext';
import { RunFolders } from './runFolders';
import { runHistory } from './runHistory';

/** Runs plans and dry-runs them; one run of a cloud at a time. */
export class Runs {
  /** clouds */
  private readonly running = new Set<string>();
  /** runs of this process that go on */
  private readonly ours = new Set<string>();
  private readonly audit: AuditRecord;
  readonly drafts: DraftBook;
  readonly folders: RunFolders;

  constructor(private readonly reach: Reach) {
    const { clouds } = reach;
    this.audit = new AuditRecord(clouds.surroundings);
    this.drafts = new DraftBook(clouds.surroundings.state);
    this.folders = new RunFolders(clouds, this.audit, () => this.list());
  }

  async dryRun(text: string, options: RunOptions): Promise<RunReport> {
    const { plan, cloud } = this.read(text);
    const report = await dryRunPlan(plan, text, await this.context(cloud, options.signal), options);
    const subject = await subjectOf(plan, text, options, this.drafts);
    await this.audit.tell({ event: 'dry-run', ...subject, outcome: outcomesOf(report) });
    return report;
  }

  async run(text: string, options: RunOptions): Promise<RunReport> {
    const { plan, cloud } = this.read(text);
    this.refuseWhileRunning(cloud);
    this.running.add(cloud);
    const begunHere: string[] = [];
    try {
      return await auditedRun(this.audit, await subjectOf(plan, text, options, this.drafts), async (tell) => {
        const begun = async (run: string): Promise<void> => {
          await tell(run);
          begunHere.push(run);
          this.ours.add(run);
          this.reach.clouds.runsChanged();
        };
        const context = { ...(await this.context(cloud, options.signal)), begun };
        return runPlan(plan, text, context, options);
      });
    } finally {
      this.running.delete(cloud);
      for (const run of begunHere) this.ours.delete(run);
      this.reach.clouds.runsChanged();
    }
  }

  list(): Promise<readonly RunSummary[]> {
    return runHistory(this.reach.clouds.surroundings.storageFolder, this.ours);
  }

  /** The way back of a run. */
  async restorePlan(run: string): Promise<string> {
    const { storageFolder, clock } = this.reach.clouds.surroundings;
    await this.settle(run);
    const text = await restorePlanText(storageFolder, run, clock);
    await this.drafted('restore-plan', run, text);
    return text;
  }

  /** What these runs keep in quarantine, as a plan that deletes it. */
  async purgePlan(runs: readonly string[]): Promise<string> {
    const { storageFolder, clock } = this.reach.clouds.surroundings;
    const cloud = (await this.list()).find(({ run }) => runs.includes(run))?.cloud;
    if (cloud === undefined) {
      throw new OperatorError(
        'not-found',
        l10n.t('There is no run {0} on this machine.', runs.join(', ')),
        l10n.t('Choose one from the list of runs.'),
      );
    }
    this.refuseWhileRunning(cloud);
    const cells = (await this.reach.survey(cloud)).cells.map(({ uuid }) => uuid);
    return purgePlanText(storageFolder, runs, { cloud, cells }, clock);
  }

  /** What a run left undone. */
  async goOn(run: string): Promise<string> {
    const { storageFolder } = this.reach.clouds.surroundings;
    const context = await this.settle(run);
    if (!context) {
      throw nothingLeft(run);
    }
    const text = await goOnText(storageFolder, run, context);
    await this.drafted('go-on-plan', run, text);
    return text;
  }

  private async drafted(event: 'restore-plan' | 'go-on-plan', of: string, text: string): Promise<void> {
    const { plan } = this.read(text);
    await this.drafts.note(text);
    await this.folders.use(of);
    await this.audit.tell({ event, ...(await subjectOf(plan, text, {}, this.drafts)), of });
  }

  /** Asks what became of the transactions of a run that did not end well; undefined for one that did. */
  private async settle(run: string): Promise<RunContext | undefined> {
    const record = (await this.list()).find((each) => each.run === run);
    if (!record || record.outcome === 'done') {
      return undefined;
    }
    if (record.outcome === 'running') {
      throw busy(record.cloud);
    }
    this.refuseWhileRunning(record.cloud);
    const context = await this.context(record.cloud, undefined);
    const settled = (): Promise<unknown> => settleRun(context.folder, run, context);
    // A run of another window is no interrupted one.
    await (context.access.configuration.readOnly ? settled() : withRunLock(context, settled));
    return context;
  }

  private refuseWhileRunning(cloud: string): void {
    if (this.running.has(cloud)) {
      throw busy(cloud);
    }
  }

  private read(text: string): { plan: Plan; cloud: string } {
    const plan = parse(text);
    if (!plan.header) {
      throw new OperatorError(
        'plan-refused',
        l10n.t('This text is no cleanup plan: it has no line "-- @plan".'),
        l10n.t('Draft a plan from the tree, or restore that line.'),
      );
    }
    return { plan, cloud: plan.header.cloud };
  }

  private context(cloud: string, signal: AbortSignal | undefined): Promise<RunContext> {
    return runContext(this.reach, cloud, signal);
  }
}

function busy(cloud: string): OperatorError {
  return new OperatorError(
    'busy',
    l10n.t('A plan is running on {0}.', cloud),
    l10n.t('Wait until it has ended, then try again.'),
  );
}
