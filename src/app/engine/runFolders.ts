import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { appendDurably } from '../../execution/durable';
import type { JournalLine } from '../../execution/journalLine';
import { messageOf, OperatorError } from '../../model/errors';
import { journalFile, runPattern } from '../../model/runFolder';
import type { DeleteRunOptions, RunSummary } from '../api';
import type { Clouds } from '../clouds';
import type { AuditRecord } from './auditRecord';
import { expired } from './retention';

/** A folder on its way out. A delete that was cut off is done to its end by the next sweep. */
const going = '.deleted';

const betweenSweepsMs = 60 * 60_000;

/** What happens to the folders of runs that are over. */
export class RunFolders {
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clouds: Clouds,
    private readonly audit: AuditRecord,
    private readonly list: () => Promise<readonly RunSummary[]>,
  ) {}

  /** An interrupted run is left as it is: nobody is asked about it any more. */
  async leave(id: string): Promise<void> {
    const run = await this.find(id);
    if (run.outcome !== 'interrupted') {
      throw refused(
        l10n.t('The run {0} was not interrupted.', id),
        l10n.t('Only a run that was interrupted can be left.'),
      );
    }
    const line: JournalLine = { at: this.clouds.surroundings.clock.now().toISOString(), event: 'left' };
    await appendDurably(join(run.folder, journalFile), JSON.stringify(line));
    await this.audit.tell({ event: 'left', ...namesOf(run) });
    this.clouds.runsChanged();
  }

  async remove(id: string, { quarantined = false }: DeleteRunOptions): Promise<void> {
    const run = await this.find(id);
    if (run.outcome === 'running' || run.outcome === 'interrupted') {
      throw refused(
        l10n.t('The run {0} has no end.', id),
        l10n.t('Wait for it; or go on with it, take it back or leave it.'),
      );
    }
    if (run.kept > 0 && !quarantined) {
      throw refused(
        l10n.t('Directories of the run {0} that are still in quarantine: {1}', id, run.kept),
        l10n.t('Only its restore plan brings them back. Take it back first, or remove them by hand.'),
      );
    }
    await this.take(run, 'by hand');
  }

  /** The way back of a run is being used: its folder is as young as this. */
  async use(id: string): Promise<void> {
    const { clock, storageFolder } = this.clouds.surroundings;
    const now = clock.now();
    await utimes(join(storageFolder, id), now, now).catch(() => undefined);
  }

  /** Deletes what is older than the settings keep. At most once an hour; what goes wrong is for the log. */
  async sweep(): Promise<void> {
    const { clock, logger, retentionDays, storageFolder, isOpen } = this.clouds.surroundings;
    const now = clock.now();
    if (now.getTime() - this.sweptAt < betweenSweepsMs) return;
    this.sweptAt = now.getTime();
    try {
      for (const name of await readdir(storageFolder).catch(() => [])) {
        if (name.endsWith(going)) await rm(join(storageFolder, name), { recursive: true, force: true });
      }
      const days = retentionDays();
      if (days <= 0) return;
      const runs = await Promise.all(
        (await this.list()).map(async (run) => ({
          run,
          usedAt: (await stat(run.folder)).mtime,
          isOpen: isOpen(run.folder),
        })),
      );
      for (const run of expired(runs, now, days)) await this.take(run, 'retention');
    } catch (error) {
      logger.error(`Old runs could not be deleted: ${messageOf(error)}`);
    }
  }

  /** Under another name first, so that no half of a run is ever found. */
  private async take(run: RunSummary, why: 'by hand' | 'retention'): Promise<void> {
    const { logger } = this.clouds.surroundings;
    const out = `${run.folder}${going}`;
    await rename(run.folder, out);
    await this.audit.tell({ event: 'deleted', ...namesOf(run), reason: why });
    await rm(out, { recursive: true, force: true });
    logger.info(`run ${run.run} of ${run.cloud}: its folder was deleted (${why})`);
    this.clouds.runsChanged();
  }

  private async find(id: string): Promise<RunSummary> {
    const run = runPattern.test(id) ? (await this.list()).find((each) => each.run === id) : undefined;
    if (run) return run;
    throw new OperatorError(
      'not-found',
      l10n.t('There is no run {0} on this machine.', id),
      l10n.t('Choose one from the list of runs.'),
    );
  }
}

function namesOf({
  run,
  plan,
  cloud,
  purpose,
}: RunSummary): Pick<RunSummary, 'run' | 'plan' | 'cloud' | 'purpose'> {
  return { run, plan, cloud, purpose };
}

function refused(message: string, action: string): OperatorError {
  return new OperatorError('plan-refused', message, action);
}
