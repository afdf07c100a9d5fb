import { parse } from '../cleanup/parse';
import { parseDatabaseUrl } from '../cloud/database/databaseUrl';
import { forgetPasswords, passwordKey } from '../cloud/passwords';
import type { Plan, Problem } from '../model/plan';
import { atOnce } from '../model/work';
import type { ZombiesApi } from './api';
import { inTurns } from '../model/work';
import { checkPlan } from './checkPlan';
import { Clouds, type Surroundings } from './clouds';
import { scanReport } from './cloudState';
import type { Engine } from './engine/engineMethods';
import { KeepList } from './keepList';
import { readKeepFile, writeKeepFile } from './keepFile';
import { loginName } from './loginName';
import { unfinishedRuns, type UnfinishedRun } from './unfinishedRuns';

export interface Zombies extends ZombiesApi {
  /** What is known of a cloud has changed: a scan, a run, the keep list. */
  onDidChange(listener: (cloud: string) => void): { dispose(): void };
  /** A run of this window has begun or ended, or what is kept of one has changed. */
  onDidChangeRuns(listener: () => void): { dispose(): void };
  /** Runs that were interrupted, and that nobody dealt with; found without loading what runs plans. */
  unfinishedRuns(): Promise<readonly UnfinishedRun[]>;
  /** As `check`, for a text that was read already; lets others in between. */
  checkPlan(plan: Plan): Promise<readonly Problem[]>;
}

/** The product without a screen. */
export function createZombies(surroundings: Surroundings): Zombies {
  const { clock, secrets, state } = surroundings;
  const clouds = new Clouds(surroundings);
  const keepList = new KeepList(state, clock);
  const changedAfter = async (cloud: string, change: Promise<void>): Promise<void> => {
    await change;
    clouds.changed(cloud);
  };
  let loaded: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => {
    loaded ??= import('./engine/engine').then(({ createEngine }) => createEngine(clouds, keepList));
    return loaded;
  };
  return {
    version: 1,
    onDidChange: (listener) => clouds.onDidChange(listener),
    onDidChangeRuns: (listener) => clouds.onDidChangeRuns(listener),
    unfinishedRuns: () => unfinishedRuns(surroundings.storageFolder),
    listClouds: () => surroundings.configurations(),
    storePassword: async (cloud, password, account) => {
      const name = account ?? parseDatabaseUrl(clouds.configuration(cloud).apiDatabase).account;
      await secrets.store(passwordKey(cloud, name), password);
    },
    forgetPasswords: (cloud) => forgetPasswords(cloud, secrets),
    lastScan: (cloud) => {
      const result = clouds.stateOf(cloud)?.scan;
      const keepOf = keepList.judge(cloud);
      return result && scanReport(cloud, result, (suspect) => keepOf(suspect) !== undefined);
    },
    check: (text) => atOnce(checkPlan(clouds, parse(text))),
    checkPlan: (plan) => inTurns(checkPlan(clouds, plan)),
    keep: (cloud, { author = loginName(), ...keep }) => {
      const name = keep.scope === 'instance' ? clouds.stateOf(cloud)?.suspect(keep.id)?.name : undefined;
      const entry = { ...(name === undefined ? {} : { name }), author, ...keep };
      return changedAfter(cloud, keepList.add(cloud, [entry]));
    },
    kept: (cloud) => keepList.of(cloud),
    endKeeping: (cloud, scope, id) => changedAfter(cloud, keepList.end(cloud, { scope, id })),
    exportKept: (cloud) => writeKeepFile(cloud, keepList.of(cloud)),
    importKept: async (cloud, text) => {
      const keeps = readKeepFile(text);
      await changedAfter(cloud, keepList.add(cloud, keeps));
      return keeps.length;
    },
    explain: async (...args) => (await engine()).explain(...args),
    findings: async () => (await engine()).findings(),
    testConnection: async (...args) => (await engine()).testConnection(...args),
    scan: async (...args) => (await engine()).scan(...args),
    lookUp: async (...args) => (await engine()).lookUp(...args),
    showAll: async (...args) => (await engine()).showAll(...args),
    draft: async (...args) => (await engine()).draft(...args),
    draftHistory: async (...args) => (await engine()).draftHistory(...args),
    dryRun: async (...args) => (await engine()).dryRun(...args),
    run: async (...args) => (await engine()).run(...args),
    runs: async () => (await engine()).runs(),
    purgePlan: async (...args) => (await engine()).purgePlan(...args),
    restorePlan: async (...args) => (await engine()).restorePlan(...args),
    goOn: async (...args) => (await engine()).goOn(...args),
    leave: async (...args) => (await engine()).leave(...args),
    deleteRun: async (...args) => (await engine()).deleteRun(...args),
    reportText: async (...args) => (await engine()).reportText(...args),
    countChange: async (...args) => (await engine()).countChange(...args),
    runSelect: async (...args) => (await engine()).runSelect(...args),
  };
}
