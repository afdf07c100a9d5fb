import * as l10n from '@vscode/l10n';
import { parse } from '../../cleanup/parse';
import { hostAddress } from '../../evidence/survey';
import { isLibvirt } from '../../model/hypervisor';
import { namesOf } from '../../evidence/hostIdentity';
import { caughtUp } from '../../execution/cluster';
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
import type { Reach } from './reach';
import { look } from './look';
import { runHistory } from './runHistory';

/** Runs plans and dry-runs them; one run of a cloud at a time. */
export class Runs {
  private readonly running = new Set<string>();

  constructor(private readonly reach: Reach) {}

  async dryRun(text: string, options: RunOptions): Promise<RunReport> {
    const { plan, cloud } = this.read(text);
    return dryRunPlan(plan, text, await this.context(cloud, options.signal), options);
  }

  async run(text: string, options: RunOptions): Promise<RunReport> {
    const { plan, cloud } = this.read(text);
    this.refuseWhileRunning(cloud);
    this.running.add(cloud);
    try {
      return await runPlan(plan, text, await this.context(cloud, options.signal), options);
    } finally {
      this.running.delete(cloud);
    }
  }

  list(): Promise<readonly RunSummary[]> {
    return runHistory(this.reach.clouds.surroundings.storageFolder);
  }

  /** The way back of a run. */
  async restorePlan(run: string): Promise<string> {
    const { storageFolder, clock } = this.reach.clouds.surroundings;
    await this.settle(run);
    return restorePlanText(storageFolder, run, clock);
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
    return goOnText(storageFolder, run, context);
  }

  /** Asks what became of the transactions of a run that did not end well; undefined for one that did. */
  private async settle(run: string): Promise<RunContext | undefined> {
    const record = (await this.list()).find((each) => each.run === run);
    if (!record || record.outcome === 'done') {
      return undefined;
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
      throw new OperatorError(
        'busy',
        l10n.t('A plan is running on {0}.', cloud),
        l10n.t('Wait until it has ended, then try again.'),
      );
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

  private async context(cloud: string, signal: AbortSignal | undefined): Promise<RunContext> {
    const { surroundings } = this.reach.clouds;
    // What another node has not applied yet must not be judged on.
    const access = caughtUp(this.reach.access(cloud));
    const survey = await this.reach.survey(cloud, signal);
    return {
      access,
      cells: survey.cells,
      hosts: [...survey.scene.hosts.values()].flatMap(({ name, hypervisorType }) =>
        isLibvirt(hypervisorType) ? [name] : [],
      ),
      address: (host) => hostAddress(survey, host)?.address,
      hypervisorNames: (host) => survey.hosts.filter((report) => report.host === host).flatMap(namesOf),
      look: async (uuids, cancel) => {
        const options = await this.reach.surveyOptions(cloud, cancel);
        const looked = await look(access, options, () => uuids);
        return this.reach.absorb(cloud, uuids, looked);
      },
      folder: surroundings.storageFolder,
      clock: surroundings.clock,
      logger: surroundings.logger,
      thresholds: surroundings.thresholds(),
    };
  }
}
