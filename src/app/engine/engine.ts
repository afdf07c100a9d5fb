import { reportText } from '../../execution/reportText';
import type { Clouds } from '../clouds';
import type { KeepList } from '../keepList';
import { draftHistory } from './draftHistory';
import { draftPlan } from './draftPlan';
import type { Engine } from './engineMethods';
import { explain } from './explain';
import { findings } from './findings';
import { logged } from './logged';
import { lookUp, withSuspects } from './lookUp';
import { Reach } from './reach';
import { Runs } from './runs';
import { Scanner } from './scanner';
import { showAll } from './showAll';
import { countAt, selectAt } from './statements';
import { testConnection } from './testConnection';

export function createEngine(clouds: Clouds, keepList: KeepList): Engine {
  const reach = new Reach(clouds, keepList);
  const scanner = new Scanner(reach);
  const runs = new Runs(reach);
  const engine: Engine = {
    findings,
    testConnection: (cloud, options) => testConnection(reach, cloud, options ?? {}),
    scan: async (cloud, options) => {
      const report = await scanner.scan(cloud, options);
      void runs.folders.sweep();
      return report;
    },
    lookUp: async (cloud, terms, options) => {
      const survey = await reach.surveyOptions(cloud, options?.signal);
      const { looked, report } = await lookUp(reach.access(cloud), terms, survey);
      const seen = await reach.absorb(cloud, [...looked.dossiers.keys()], looked);
      return withSuspects(report, seen);
    },
    showAll: (cloud, uuid) => showAll(reach, cloud, uuid),
    explain: (cloud, uuid) => explain(reach, cloud, uuid),
    draft: async (cloud, uuids, options) => {
      const draft = await draftPlan(reach, cloud, uuids, options ?? {});
      await runs.drafts.note(draft.text);
      return draft;
    },
    draftHistory: async (cloud, options) => {
      const text = await draftHistory(reach, cloud, options ?? {});
      await runs.drafts.note(text);
      return text;
    },
    dryRun: (text, options) => runs.dryRun(text, options ?? {}),
    run: async (text, options) => {
      const report = await runs.run(text, options ?? {});
      void runs.folders.sweep();
      return report;
    },
    runs: () => runs.list(),
    restorePlan: (run) => runs.restorePlan(run),
    purgePlan: (names) => runs.purgePlan(names),
    goOn: (run) => runs.goOn(run),
    leave: (run) => runs.folders.leave(run),
    deleteRun: (run, options) => runs.folders.remove(run, options ?? {}),
    reportText: (report, planText) => Promise.resolve(reportText(report, planText)),
    countChange: (text, offset) => countAt(reach, text, offset),
    runSelect: (text, offset) => selectAt(reach, text, offset),
  };
  return logged(engine, clouds.surroundings.logger);
}
