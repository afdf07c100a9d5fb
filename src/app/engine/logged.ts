import { messageOf } from '../../model/errors';
import type { Logger } from '../../model/ports';
import type { RunReport } from '../../model/report';
import type { Draft, ScanReport } from '../api';
import type { Engine } from './engineMethods';

/** The engine, with a line in the log where a scan, a draft or a run begins and where it ends. */
export function logged(engine: Engine, logger: Logger): Engine {
  const tell = async <T>(what: string, work: Promise<T>, ended: (result: T) => string): Promise<T> => {
    const begun = performance.now();
    logger.info(`${what}: begun`);
    const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
    try {
      const result = await work;
      logger.info(`${what}: ended after ${seconds()}: ${ended(result)}`);
      return result;
    } catch (error) {
      logger.info(`${what}: given up after ${seconds()}: ${messageOf(error)}`);
      throw error;
    }
  };
  return {
    ...engine,
    scan: (cloud, options) => {
      const what = options?.hosts === undefined ? 'scan' : `scan of ${options.hosts.join(', ')}`;
      return tell(`${cloud}: ${what}`, engine.scan(cloud, options), scanLine);
    },
    draft: (cloud, uuids, options) =>
      tell(`${cloud}: draft of ${uuids.length} instances`, engine.draft(cloud, uuids, options), (made) =>
        draftLine(uuids, made),
      ),
    draftHistory: (cloud, options) =>
      tell(`${cloud}: plan for the history`, engine.draftHistory(cloud, options), sizeLine),
    dryRun: (text, options) => tell('dry run', engine.dryRun(text, options), runLine),
    run: (text, options) => tell('run', engine.run(text, options), runLine),
    purgePlan: (runs) => tell(`purge plan of ${runs.join(', ')}`, engine.purgePlan(runs), sizeLine),
    restorePlan: (run) => tell(`restore plan of run ${run}`, engine.restorePlan(run), sizeLine),
    goOn: (run) => tell(`plan that goes on with run ${run}`, engine.goOn(run), sizeLine),
  };
}

function sizeLine(text: string): string {
  return `${text.length} characters`;
}

function scanLine({ suspects, instances, hosts, sources }: ScanReport): string {
  const unread = sources.filter(({ complete }) => !complete).map(({ name }) => name);
  const verdicts = tally(suspects.map(({ verdict }) => verdict));
  return [
    `${instances} instances, ${hosts.length} hosts`,
    `suspects: ${verdicts === '' ? 'none' : verdicts}`,
    `unread: ${unread.length === 0 ? 'nothing' : unread.join(', ')}`,
  ].join('; ');
}

function draftLine(uuids: readonly string[], { refused }: Draft): string {
  return `${new Set(uuids).size - refused.length} drafted, ${refused.length} refused`;
}

function runLine({ cloud, plan, run, sections }: RunReport): string {
  const outcomes = tally(sections.map(({ outcome }) => outcome));
  return `${cloud}, plan ${plan}${run === '' ? '' : `, run ${run}`}: ${outcomes}`;
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
