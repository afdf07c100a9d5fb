import { parseDatabaseUrl } from '../cloud/database/databaseUrl';
import { forgetPasswords, passwordKey } from '../cloud/passwords';
import type { ZombiesApi } from './api';
import { checkPlan } from './checkPlan';
import { Clouds, type Surroundings } from './clouds';
import { scanReport } from './cloudState';
import type { Engine } from './engine/engine';
import { IgnoreList } from './ignoring';

export interface Zombies extends ZombiesApi {
  /** What is known of a cloud has changed: a scan, a run, the ignore list. */
  onDidChange(listener: (cloud: string) => void): { dispose(): void };
}

/** The product without a screen. */
export function createZombies(surroundings: Surroundings): Zombies {
  const { clock, secrets, state } = surroundings;
  const clouds = new Clouds(surroundings);
  const ignoreList = new IgnoreList(state, clock);
  const changedAfter = async (cloud: string, change: Promise<void>): Promise<void> => {
    await change;
    clouds.changed(cloud);
  };
  let loaded: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => {
    loaded ??= import('./engine/engine').then(({ createEngine }) => createEngine(clouds, ignoreList));
    return loaded;
  };
  return {
    version: 1,
    onDidChange: (listener) => clouds.onDidChange(listener),
    listClouds: () => surroundings.configurations(),
    storePassword: async (cloud, password, account) => {
      const name = account ?? parseDatabaseUrl(clouds.configuration(cloud).apiDatabase).account;
      await secrets.store(passwordKey(cloud, name), password);
    },
    forgetPasswords: (cloud) => forgetPasswords(cloud, secrets),
    lastScan: (cloud) => {
      const result = clouds.stateOf(cloud)?.scan;
      return result && scanReport(cloud, result, (uuid) => ignoreList.has(cloud, uuid));
    },
    check: (text) => checkPlan(clouds, text),
    ignore: (cloud, uuid, reason) => {
      const name = clouds.stateOf(cloud)?.suspect(uuid)?.name;
      const entry = name === undefined ? { uuid, reason } : { uuid, name, reason };
      return changedAfter(cloud, ignoreList.add(cloud, entry));
    },
    ignored: (cloud) => ignoreList.of(cloud),
    stopIgnoring: (cloud, uuid) => changedAfter(cloud, ignoreList.remove(cloud, uuid)),
    findings: async () => (await engine()).findings(),
    testConnection: async (...args) => (await engine()).testConnection(...args),
    scan: async (...args) => (await engine()).scan(...args),
    lookUp: async (...args) => (await engine()).lookUp(...args),
    showAll: async (...args) => (await engine()).showAll(...args),
    draft: async (...args) => (await engine()).draft(...args),
    dryRun: async (...args) => (await engine()).dryRun(...args),
    run: async (...args) => (await engine()).run(...args),
    runs: async () => (await engine()).runs(),
    restorePlan: async (...args) => (await engine()).restorePlan(...args),
    reportText: async (...args) => (await engine()).reportText(...args),
    countChange: async (...args) => (await engine()).countChange(...args),
    runSelect: async (...args) => (await engine()).runSelect(...args),
  };
}
